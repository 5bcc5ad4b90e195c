package dev.caisson.codec;

import java.io.InvalidObjectException;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Estimates how much hashing the hash tables of one result ask for, and refuses it when that is out of proportion to
/// its bytes.
///
/// A few hundred bytes can hold a set that holds two others, that both hold the same two others, and so on: hashing the
/// outermost takes years, and reading puts each into the next. The cost of hashing a collection is the sum of what it
/// holds, counted as often as it is held there, which is known when it is complete, before it is put anywhere. Maps
/// nested as *values*, as in a JSON document, are never hashed and may be as deep as they like.
///
/// Sees the collections of `java.util`; holds the state of one read.
final class HashingWork {

    /// Collections smaller than this are not remembered, but taken for this large: most are.
    private static final long SMALL = 16;

    private static final long FREE = 1L << 26;
    private static final long PER_BYTE = 256;
    private static final long LARGEST_COLLECTION = 1L << 31;

    private final IdentityHashMap<Object, Long> costs = new IdentityHashMap<>();
    private final long limit;
    private long hashed;

    /// How many elements may still be looked at: an element that was sent has at least one byte. A collection that only
    /// claims its elements, such as `Collections.nCopies`, is judged by its first one once these are used up.
    private long looks;

    HashingWork(long bytes) {
        this.limit = FREE + bytes * PER_BYTE;
        this.looks = bytes;
    }

    /// Counts one complete object, those that it holds having been counted before.
    void add(Object object) throws InvalidObjectException {
        if (!isCollection(object)) {
            return;
        }
        long cost;
        if (object instanceof Map<?, ?> map) {
            long keys = sum(map.keySet());
            hashed += keys;
            cost = keys + sum(map.values());
        } else {
            cost = sum((Collection<?>) object);
            hashed += object instanceof Set ? cost : 0;
        }
        if (hashed > limit || cost > LARGEST_COLLECTION) {
            throw new InvalidObjectException(
                    "Refused: its collections hold one another so often that hashing them would" + " take more than "
                            + limit + " steps");
        }
        if (cost > SMALL) {
            costs.put(object, cost);
        }
    }

    private long sum(Collection<?> collection) {
        long sum = 0;
        try {
            for (@Nullable Object element : collection) {
                sum += cost(element);
                if (looks-- <= 0) {
                    return sum + collection.size() * cost(element);
                }
            }
        } catch (RuntimeException e) {
            // A view of a collection that is itself not complete yet: a cycle, whose other end counts what there is.
            return SMALL;
        }
        return sum;
    }

    private long cost(@Nullable Object object) {
        return object == null || !isCollection(object) ? 1 : costs.getOrDefault(object, SMALL);
    }

    private static boolean isCollection(Object object) {
        return (object instanceof Collection || object instanceof Map)
                && object.getClass().getName().startsWith("java.util.");
    }
}
