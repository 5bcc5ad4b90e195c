package dev.caisson.codec;

import java.io.NotSerializableException;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds what keeps an object from being serialized, and the way there.
///
/// Serialization itself names only a class. This takes the object apart level by level with [ShallowWriter] until it
/// meets one that can't be written, whatever it holds: the shortest way there is the one that is told. Nothing here
/// recurses, so neither cycles nor depth do harm, and the search ends after [#MOST_OBJECTS].
///
/// It asks the objects' own `writeObject` once more; that is on the way to an exception anyway.
final class UnserializablePath {

    private static final int MOST_OBJECTS = 200_000;

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final ArrayDeque<Step> waiting = new ArrayDeque<>();

    private final TypeCodecs types;

    private UnserializablePath(TypeCodecs types) {
        this.types = types;
    }

    /// One object on the way, as it is written.
    ///
    /// @param holder the one that holds it; null for the outermost
    private record Step(Object object, @Nullable Step holder) {}

    /// Looks for the object at fault.
    ///
    /// @param root what could not be serialized
    /// @return empty if all that was looked at can be, or there is too much of it
    static Optional<Obstacle> find(Object root) {
        return find(root, TypeCodecs.NONE);
    }

    /// The same where some types have codecs of their own.
    static Optional<Obstacle> find(Object root, TypeCodecs types) {
        return new UnserializablePath(types).search(root);
    }

    private Optional<Obstacle> search(Object root) {
        add(root, null);
        while (!waiting.isEmpty() && seen.size() < MOST_OBJECTS) {
            var step = waiting.remove();
            try {
                for (var part : ShallowWriter.of(step.object(), types).parts()) {
                    add(part, step);
                }
            } catch (NotSerializableException e) {
                // If its class is serializable, its own writeObject refused, as some singletons do.
                return Optional.of(obstacle(step, step.object() instanceof Serializable ? e : null));
            } catch (Throwable thrown) {
                Refusal.rethrowFatal(thrown);
                return Optional.of(obstacle(step, thrown));
            }
        }
        return Optional.empty();
    }

    private void add(Object object, @Nullable Step holder) {
        if (!Part.isPlain(object) && seen.add(object)) {
            waiting.add(new Step(object, holder));
        }
    }

    private static Obstacle obstacle(Step last, @Nullable Throwable thrown) {
        var steps = new ArrayList<Step>();
        for (@Nullable Step step = last; step != null; step = step.holder()) {
            steps.add(step);
        }
        Collections.reverse(steps);
        var parts = new ArrayList<Part>();
        Object holder = steps.getFirst().object();
        for (var step : steps.subList(1, steps.size())) {
            var part = PartFinder.find(holder, step.object());
            parts.add(part);
            holder = part.object();
        }
        return new Obstacle(steps.getFirst().object(), List.copyOf(parts), holder, thrown);
    }
}
