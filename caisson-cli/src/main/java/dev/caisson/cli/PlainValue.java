package dev.caisson.cli;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Turns any value into what JSON can say: null, booleans, numbers, strings, lists, and maps with string keys.
///
/// Records and maps become maps, collections and arrays lists, bytes Base64, numbers that JSON lacks (NaN, the
/// infinities) strings, and everything else is its `toString`.
final class PlainValue {

    /// Deeper than people nest on purpose, and far from the end of any stack: what is deeper goes round in a circle.
    private static final int DEEPEST = 100;

    private PlainValue() {}

    /// Converts a value.
    ///
    /// @throws IllegalArgumentException if it is nested too deeply
    /// @throws InvocationTargetException if the accessor of a record throws
    static @Nullable Object of(@Nullable Object value) throws InvocationTargetException {
        return convert(value, 0);
    }

    private static @Nullable Object convert(@Nullable Object value, int depth) throws InvocationTargetException {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("The returned value is nested more than " + DEEPEST
                    + " levels deep, so it can't be written as JSON. Does it hold itself?");
        }
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean truth -> truth;
            case Double number -> Double.isFinite(number) ? number : number.toString();
            case Float number -> Float.isFinite(number) ? number : number.toString();
            case Integer number -> number;
            case Long number -> number;
            case Short number -> number;
            case Byte number -> number;
            // Copied, for they can be subclassed.
            case BigInteger number -> new BigInteger(number.toString());
            case BigDecimal number -> new BigDecimal(number.toString());
            case AtomicInteger number -> number.get();
            case AtomicLong number -> number.get();
            case Optional<?> optional -> convert(optional.orElse(null), depth + 1);
            case OptionalInt optional -> optional.isPresent() ? optional.getAsInt() : null;
            case OptionalLong optional -> optional.isPresent() ? optional.getAsLong() : null;
            case OptionalDouble optional -> optional.isPresent() ? convert(optional.getAsDouble(), depth + 1) : null;
            case Record record -> components(record, depth);
            case Map<?, ?> map -> entries(map, depth);
            case Collection<?> elements -> elements(elements, depth);
            case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
            default -> value.getClass().isArray() ? array(value, depth) : value.toString();
        };
    }

    private static Map<String, @Nullable Object> components(Record record, int depth) throws InvocationTargetException {
        var plain = new LinkedHashMap<String, @Nullable Object>();
        for (var component : record.getClass().getRecordComponents()) {
            plain.put(component.getName(), convert(read(component, record), depth + 1));
        }
        return plain;
    }

    private static @Nullable Object read(RecordComponent component, Record record) throws InvocationTargetException {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(component + " can't be read", e);
        }
    }

    private static Map<String, @Nullable Object> entries(Map<?, ?> map, int depth) throws InvocationTargetException {
        var plain = new LinkedHashMap<String, @Nullable Object>();
        for (var entry : map.entrySet()) {
            plain.put(String.valueOf(entry.getKey()), convert(entry.getValue(), depth + 1));
        }
        return plain;
    }

    private static List<@Nullable Object> elements(Iterable<?> elements, int depth) throws InvocationTargetException {
        var plain = new ArrayList<@Nullable Object>();
        for (var element : elements) {
            plain.add(convert(element, depth + 1));
        }
        return plain;
    }

    private static List<@Nullable Object> array(Object array, int depth) throws InvocationTargetException {
        var length = Array.getLength(array);
        var plain = new ArrayList<@Nullable Object>(length);
        for (var i = 0; i < length; i++) {
            plain.add(convert(Array.get(array, i), depth + 1));
        }
        return plain;
    }
}
