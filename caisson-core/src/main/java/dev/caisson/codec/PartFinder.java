package dev.caisson.codec;

import java.io.IOException;
import java.io.ObjectStreamClass;
import java.io.ObjectStreamField;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the place of a part in the object that holds it, in words of the one who wrote the code.
///
/// Serialization tells which objects another holds, but not where. Reflection is asked for fields as far as it may
/// look, lambdas and collections for their elements.
final class PartFinder {

    private static final int LONGEST_KEY = 40;
    private static final int MOST_ELEMENTS = 1_000_000;

    private PartFinder() {}

    /// Finds the place of a part.
    ///
    /// @param holder as the program knows it, before any `writeReplace`
    /// @param written the part as it was written
    static Part find(Object holder, Object written) {
        var taken = replacement(holder);
        if (taken instanceof SerializedLambda lambda) {
            return captured(lambda, written);
        }
        @Nullable
        Part part = holder instanceof Object[] array ? element(Arrays.asList(array), written) : field(holder, written);
        part = part == null ? content(holder, written) : part;
        if (part == null && !same(taken, holder)) {
            part = field(taken, written);
        }
        return part == null ? described(taken, written) : part;
    }

    private static Part captured(SerializedLambda lambda, Object written) {
        int index = 0;
        while (index < lambda.getCapturedArgCount() && !same(lambda.getCapturedArg(index), written)) {
            index++;
        }
        boolean receiver = index == 0
                && lambda.getImplMethodName().startsWith("lambda$")
                && lambda.getImplMethodKind() != MethodHandleInfo.REF_invokeStatic;
        return new Part(
                "captured argument " + (index + 1), written, receiver ? Part.Kind.LAMBDAS_THIS : Part.Kind.PLAIN);
    }

    private static @Nullable Part field(Object holder, Object written) {
        for (@Nullable Class<?> type = holder.getClass(); type != null; type = type.getSuperclass()) {
            for (var field : fields(type)) {
                @Nullable Object value = value(field, holder);
                if (value != null && standsFor(written, value)) {
                    return named(field, value);
                }
            }
        }
        return null;
    }

    /// A class may name types in its fields that this process lacks.
    private static Field[] fields(Class<?> type) {
        try {
            return type.getDeclaredFields();
        } catch (LinkageError e) {
            return new Field[0];
        }
    }

    private static Part named(Field field, Object value) {
        if (field.isSynthetic() && field.getName().startsWith("this$")) {
            return new Part("enclosing object", value, Part.Kind.ENCLOSING);
        }
        if (field.isSynthetic() && field.getName().startsWith("val$")) {
            return new Part("captured variable " + field.getName().substring(4), value, Part.Kind.PLAIN);
        }
        return new Part(
                "field " + TypeName.simple(field.getDeclaringClass()) + "." + field.getName(), value, Part.Kind.PLAIN);
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

    /// A collection may be of the user's making, and its iterator do as it likes.
    private static @Nullable Part content(Object holder, Object written) {
        try {
            return switch (holder) {
                case Map<?, ?> map -> entry(map, written);
                case Collection<?> collection -> element(collection, written);
                default -> null;
            };
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static @Nullable Part element(Collection<? extends @Nullable Object> elements, Object written) {
        int index = 0;
        for (@Nullable Object element : elements) {
            if (element != null && standsFor(written, element)) {
                return new Part("element [" + index + "]", element, Part.Kind.PLAIN);
            }
            if (++index > MOST_ELEMENTS) {
                return null;
            }
        }
        return null;
    }

    private static @Nullable Part entry(Map<?, ?> map, Object written) {
        for (var entry : map.entrySet()) {
            @Nullable Object key = entry.getKey();
            @Nullable Object value = entry.getValue();
            if (key != null && standsFor(written, key)) {
                return new Part("a key", key, Part.Kind.PLAIN);
            }
            if (value != null && standsFor(written, value)) {
                return new Part("value of " + named(key), value, Part.Kind.PLAIN);
            }
        }
        return null;
    }

    private static String named(@Nullable Object key) {
        if (!Part.isPlain(key)) {
            return "a key";
        }
        var name = key instanceof Enum<?> constant ? constant.name() : String.valueOf(key);
        return "key " + (name.length() <= LONGEST_KEY ? name : name.substring(0, LONGEST_KEY) + "…");
    }

    /// Where reflection may not look: a field if only one can be meant, else the class.
    private static Part described(Object holder, Object written) {
        if ((holder instanceof Collection && written instanceof Object[])
                || (TypeName.isHiddenCollection(holder) && TypeName.isCollection(written))) {
            return new Part("inside", written, Part.Kind.STORAGE);
        }
        var fields = Arrays.stream(
                        ObjectStreamClass.lookupAny(holder.getClass()).getFields())
                .filter(field -> !field.isPrimitive() && field.getType().isInstance(written))
                .map(ObjectStreamField::getName)
                .toList();
        var type = TypeName.simple(holder.getClass());
        return new Part(
                fields.size() == 1 ? "field " + type + "." + fields.getFirst() : "inside " + type,
                written,
                Part.Kind.PLAIN);
    }

    /// If an object is, or is written as, another.
    private static boolean standsFor(Object written, Object original) {
        if (same(written, original)) {
            return true;
        }
        if (Part.isPlain(original) || written.getClass() == original.getClass()) {
            return false;
        }
        var taken = replacement(original);
        return !same(taken, original) && taken.getClass() == written.getClass() && sameLambda(taken, written);
    }

    /// Identity is what is meant: an equal object elsewhere is not the one at fault.
    @SuppressWarnings("ReferenceEquality")
    private static boolean same(Object one, Object other) {
        return one == other;
    }

    private static boolean sameLambda(Object first, Object second) {
        return !(first instanceof SerializedLambda one && second instanceof SerializedLambda other)
                || (one.getImplMethodName().equals(other.getImplMethodName())
                        && one.getImplClass().equals(other.getImplClass()));
    }

    private static Object replacement(Object original) {
        try {
            return ShallowWriter.of(original, TypeCodecs.NONE).written();
        } catch (IOException | RuntimeException | LinkageError e) {
            return original;
        }
    }
}
