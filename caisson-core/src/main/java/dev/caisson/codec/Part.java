package dev.caisson.codec;

import java.io.IOException;
import java.io.ObjectStreamClass;
import java.io.ObjectStreamField;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One step of a way: an object and its place in the one that holds it.
///
/// @param place such as `field Report.connection`
/// @param object what is there; where it is written as another, itself and not that
/// @param kind what the place says about how the object came there
record Part(String place, Object object, Kind kind) {

    /// How an object came to be held.
    enum Kind {
        /// The receiver that a lambda took along.
        LAMBDAS_THIS,
        /// The object around an inner, local or anonymous class.
        ENCLOSING,
        /// Anything else.
        PLAIN
    }

    private static final int LONGEST_KEY = 40;

    @Override
    public String toString() {
        var type = TypeName.of(object);
        return switch (kind) {
            case LAMBDAS_THIS -> place + " (" + type + ", this)";
            case ENCLOSING, PLAIN -> place + " (" + type + ")";
        };
    }

    /// If the object can always be written and holds nothing else.
    static boolean isPlain(@Nullable Object object) {
        return object == null
                || object instanceof String
                || object instanceof Number && object.getClass().getName().startsWith("java.lang.")
                || object instanceof Boolean
                || object instanceof Character
                || object instanceof Class
                || object instanceof Enum
                || object.getClass().isArray() && object.getClass().getComponentType().isPrimitive();
    }

    /// Finds the place of a part.
    ///
    /// @param holder as the program knows it, before any `writeReplace`
    /// @param written the part as it was written
    static Part of(Object holder, Object written) {
        var taken = replacement(holder);
        if (taken instanceof SerializedLambda lambda) {
            return captured(lambda, written);
        }
        @Nullable Part part = holder.getClass().isArray() ? element(arrayElements(holder), written) : field(holder, written);
        if (part == null && holder instanceof Map<?, ?> map) {
            part = entry(map, written);
        }
        if (part == null && holder instanceof Collection<?> collection) {
            part = element(collection, written);
        }
        if (part == null && taken != holder) {
            part = field(taken, written);
        }
        return part == null ? described(taken, written) : part;
    }

    private static Part captured(SerializedLambda lambda, Object written) {
        int index = 0;
        while (index < lambda.getCapturedArgCount() && lambda.getCapturedArg(index) != written) {
            index++;
        }
        boolean receiver = index == 0
                && lambda.getImplMethodName().startsWith("lambda$")
                && lambda.getImplMethodKind() != java.lang.invoke.MethodHandleInfo.REF_invokeStatic;
        return new Part("captured argument " + (index + 1), written, receiver ? Kind.LAMBDAS_THIS : Kind.PLAIN);
    }

    private static @Nullable Part field(Object holder, Object written) {
        for (@Nullable Class<?> type = holder.getClass(); type != null; type = type.getSuperclass()) {
            for (var field : type.getDeclaredFields()) {
                @Nullable Object value = value(field, holder);
                if (value != null && standsFor(written, value)) {
                    return named(field, value);
                }
            }
        }
        return null;
    }

    private static Part named(Field field, Object value) {
        if (field.isSynthetic() && field.getName().startsWith("this$")) {
            return new Part("enclosing object", value, Kind.ENCLOSING);
        }
        if (field.isSynthetic() && field.getName().startsWith("val$")) {
            return new Part("captured variable " + field.getName().substring(4), value, Kind.PLAIN);
        }
        return new Part(
                "field " + TypeName.simple(field.getDeclaringClass()) + "." + field.getName(), value, Kind.PLAIN);
    }

    private static @Nullable Object value(Field field, Object holder) {
        if (Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive()) {
            return null;
        }
        try {
            field.setAccessible(true);
            return field.get(holder);
        } catch (InaccessibleObjectException | IllegalAccessException e) {
            return null;
        }
    }

    private static List<@Nullable Object> arrayElements(Object array) {
        var elements = new ArrayList<@Nullable Object>();
        for (int i = 0; i < Array.getLength(array); i++) {
            elements.add(Array.get(array, i));
        }
        return elements;
    }

    private static @Nullable Part element(Collection<? extends @Nullable Object> elements, Object written) {
        int index = 0;
        for (@Nullable Object element : elements) {
            if (element != null && standsFor(written, element)) {
                return new Part("element [" + index + "]", element, Kind.PLAIN);
            }
            index++;
        }
        return null;
    }

    private static @Nullable Part entry(Map<?, ?> map, Object written) {
        for (var entry : map.entrySet()) {
            @Nullable Object key = entry.getKey();
            @Nullable Object value = entry.getValue();
            if (key != null && standsFor(written, key)) {
                return new Part("a key", key, Kind.PLAIN);
            }
            if (value != null && standsFor(written, value)) {
                return new Part("value of " + (isPlain(key) ? "key " + cut(String.valueOf(key)) : "a key"), value, Kind.PLAIN);
            }
        }
        return null;
    }

    private static String cut(String key) {
        return key.length() <= LONGEST_KEY ? key : key.substring(0, LONGEST_KEY) + "…";
    }

    /// Where reflection may not look: a field if only one can be meant, else the class.
    private static Part described(Object holder, Object written) {
        var fields = Arrays.stream(ObjectStreamClass.lookupAny(holder.getClass()).getFields())
                .filter(field -> !field.isPrimitive() && field.getType().isInstance(written))
                .map(ObjectStreamField::getName)
                .toList();
        var type = TypeName.simple(holder.getClass());
        return new Part(fields.size() == 1 ? "field " + type + "." + fields.getFirst() : "inside " + type, written, Kind.PLAIN);
    }

    /// If an object is, or is written as, another.
    private static boolean standsFor(Object written, Object original) {
        if (written == original) {
            return true;
        }
        if (isPlain(original) || written.getClass() == original.getClass()) {
            return false;
        }
        var taken = replacement(original);
        return taken != original && taken.getClass() == written.getClass() && sameLambda(taken, written);
    }

    private static boolean sameLambda(Object first, Object second) {
        return !(first instanceof SerializedLambda one && second instanceof SerializedLambda other)
                || one.getImplMethodName().equals(other.getImplMethodName())
                        && one.getImplClass().equals(other.getImplClass());
    }

    private static Object replacement(Object original) {
        try {
            return ShallowWriter.of(original).written();
        } catch (IOException | RuntimeException | LinkageError e) {
            return original;
        }
    }
}
