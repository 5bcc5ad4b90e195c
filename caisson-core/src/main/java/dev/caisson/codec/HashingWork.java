package dev.caisson.codec;

import java.io.InvalidObjectException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reckons how much work the hash tables of one result ask for, and refuses it when that is out of proportion to its
/// bytes.
///
/// A few hundred bytes can hold a set that holds two others, that both hold the same two others, and so on: hashing the
/// outermost takes years, and reading puts each into the next. The cost of hashing a collection is the sum of what it
/// holds, counted as often as it is held there, which is known when it is complete, before it is put anywhere. Maps
/// nested as *values*, as in a JSON document, are never hashed and may be as deep as they like.
///
/// Keys of one hash code that are not equal, and have no order, make a table as slow as a list: of each the table
/// looks at all before. So as soon as there is a table, what may be a key is hashed once more here, and counted by its
/// hash code. What may be a key is also what turns out to be a value; so the bound is far above what honest rows of
/// small numbers bring.
///
/// Sees what has a hash code of its own: the collections and entries of `java.util`, arrays, records, and the
/// fields of the application's other classes unless its module keeps them closed; and in tables that don't sort such
/// keys strings and numbers. Holds the state of one read.
final class HashingWork {

    /// Collections smaller than this are not remembered, but taken for this large: most are.
    private static final long SMALL = 16;

    private static final long FREE = 1L << 26;
    private static final long PER_BYTE = 256;
    private static final long LARGEST_COLLECTION = 1L << 31;

    private static final long FREE_COMPARISONS = 1L << 24;
    private static final long COMPARISONS_PER_BYTE = 64;
    private static final int MOST_OVERFLOWS = 16;

    /// Of what the hash code of an object may be made; empty for classes of the JDK, and those hashed by identity.
    private static final ClassValue<List<Field>> PARTS = new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
            return isOfJdk(type) || !hasOwnHashCode(type) ? List.of() : partsOf(type);
        }
    };

    private final IdentityHashMap<Object, Long> costs = new IdentityHashMap<>();
    private final Map<Integer, SameHash> byHash = new HashMap<>();
    private final long mostComparisons;
    private long comparisons;
    private int overflows;
    private final long limit;
    private long hashed;

    /// How many elements may still be looked at: an element that was sent has at least one byte. A collection that only
    /// claims its elements, such as `Collections.nCopies`, is judged by its first one once these are used up.
    private long looks;

    HashingWork(long bytes) {
        this.limit = FREE + bytes * PER_BYTE;
        this.looks = bytes;
        this.mostComparisons = FREE_COMPARISONS + bytes * COMPARISONS_PER_BYTE;
    }

    /// Whether a type is, or is sent in the place of, a hash table.
    static boolean isTable(Class<?> type) {
        var name = type.getName();
        return name.startsWith("java.util.")
                && (name.contains("Hash") || name.equals("java.util.Properties") || name.equals("java.util.CollSer"));
    }

    /// Counts one complete object, those that it holds having been counted before.
    ///
    /// @param tables whether there is a hash table that it may become a key of
    void add(Object object, boolean tables) throws InvalidObjectException {
        if (isCollection(object)) {
            addCollection(object);
        } else if (object instanceof Map.Entry<?, ?> entry && isOfJdk(object.getClass())) {
            remember(object, cost(entry.getKey()) + cost(entry.getValue()));
        } else if (object instanceof @Nullable Object[] array) {
            remember(object, sum(Arrays.asList(array)));
        } else if (!PARTS.get(object.getClass()).isEmpty()) {
            remember(object, sum(partsOf(object)));
        }
        if (tables && mayCollide(object)) {
            addKey(object);
        }
    }

    private static boolean mayCollide(Object object) {
        return isCollection(object)
                || object instanceof Record
                || !PARTS.get(object.getClass()).isEmpty()
                || object instanceof String
                || object instanceof Long
                || object instanceof Double
                || (object instanceof Map.Entry && object.getClass().getName().startsWith("java.util."));
    }

    /// Charges first and works then: hashing and comparing are what may take years.
    private void addKey(Object object) throws InvalidObjectException {
        long cost = cost(object);
        charge(cost);
        try {
            var same = byHash.computeIfAbsent(object.hashCode(), _ -> new SameHash());
            chargeComparisons(same.comparisons() * cost);
            same.add(object);
        } catch (StackOverflowError e) { // a collection that holds itself, which is no good key
            overflows++;
            chargeComparisons(overflows > MOST_OVERFLOWS ? Long.MAX_VALUE / 2 : 0);
        } catch (RuntimeException e) {
            // It is not complete yet, or its own code is of no use.
        }
    }

    private void charge(long cost) throws InvalidObjectException {
        hashed += cost;
        if (hashed > limit || cost > LARGEST_COLLECTION) {
            throw refused(limit);
        }
    }

    private void chargeComparisons(long more) throws InvalidObjectException {
        comparisons += more;
        if (comparisons > mostComparisons) {
            throw refused(mostComparisons);
        }
    }

    private static InvalidObjectException refused(long steps) {
        return new InvalidObjectException(
                "Refused: its collections hold one another so often, or so many of its objects have"
                        + " the same hash code, that to fill its hash tables would take more than " + steps + " steps");
    }

    private void addCollection(Object object) throws InvalidObjectException {
        long cost;
        if (object instanceof Map<?, ?> map) {
            long keys = sum(map.keySet());
            charge(keys);
            cost = keys + sum(map.values());
        } else {
            cost = sum((Collection<?>) object);
            charge(object instanceof Set ? cost : 0);
        }
        remember(object, cost);
    }

    private void remember(Object object, long cost) throws InvalidObjectException {
        if (cost > LARGEST_COLLECTION) {
            charge(cost);
        }
        if (cost > SMALL || !isCollection(object)) {
            costs.put(object, cost);
        }
    }

    private static List<@Nullable Object> partsOf(Object object) {
        var parts = new ArrayList<@Nullable Object>();
        for (var field : PARTS.get(object.getClass())) {
            try {
                parts.add(field.get(object));
            } catch (IllegalAccessException impossible) { // it has been made accessible
                throw new IllegalStateException(impossible);
            }
        }
        return parts;
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
        if (object == null) {
            return 1;
        }
        @Nullable Long known = costs.get(object);
        if (known == null && object instanceof @Nullable Object[] own) { // made by the reading of what holds it
            costs.put(own, SMALL); // if it holds itself
            long cost = sum(Arrays.asList(own));
            costs.put(own, cost);
            return cost;
        }
        return known == null ? isCollection(object) ? SMALL : 1 : known;
    }

    /// Different objects of one hash code.
    private static final class SameHash {

        /// Of more than these nobody asks whether they are equal to one another.
        private static final int KNOWN = 64;

        private final List<Object> first = new ArrayList<>(1);
        private int others;

        /// How many a table would have to compare one more of this hash code with, beyond what is usual.
        long comparisons() {
            return first.size() < KNOWN ? first.size() : KNOWN + others;
        }

        /// Adds an object unless it equals one that is known.
        void add(Object object) {
            for (var each : first) {
                if (each.equals(object)) {
                    return;
                }
            }
            if (first.size() < KNOWN) {
                first.add(object);
            } else {
                others++;
            }
        }
    }

    private static boolean isCollection(Object object) {
        return object instanceof Collection || object instanceof Map;
    }

    private static boolean isOfJdk(Class<?> type) {
        return type.getModule() == Object.class.getModule();
    }

    private static boolean hasOwnHashCode(Class<?> type) {
        try {
            return !type.isEnum() && type.getMethod("hashCode").getDeclaringClass() != Object.class;
        } catch (NoSuchMethodException | LinkageError unknown) {
            return true;
        }
    }

    private static List<Field> partsOf(Class<?> type) {
        var parts = new ArrayList<Field>();
        try {
            for (Class<?> each = type; each != null && !isOfJdk(each); each = each.getSuperclass()) {
                for (var field : each.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers()) && mayHoldOthers(field.getType())) {
                        field.setAccessible(true);
                        parts.add(field);
                    }
                }
            }
            return List.copyOf(parts);
        } catch (RuntimeException | LinkageError closed) {
            return List.of();
        }
    }

    private static boolean mayHoldOthers(Class<?> declared) {
        return !declared.isPrimitive()
                && declared != String.class
                && !declared.isEnum()
                && !Number.class.isAssignableFrom(declared);
    }
}
