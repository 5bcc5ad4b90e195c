package dev.caisson.batch;

import dev.caisson.Pair;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Two inputs in step, which end with the shorter.
public record PairedInput<A extends @Nullable Object, B extends @Nullable Object>(Iterable<A> first, Iterable<B> second)
        implements Iterable<Pair<A, B>> {

    /// Whether reading them can't take long.
    boolean isAtHand() {
        return BatchInput.isAtHand(first) && BatchInput.isAtHand(second);
    }

    @Override
    public Iterator<Pair<A, B>> iterator() {
        var left = first.iterator();
        var right = second.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return left.hasNext() && right.hasNext();
            }

            @Override
            public Pair<A, B> next() {
                return new Pair<>(left.next(), right.next());
            }
        };
    }
}
