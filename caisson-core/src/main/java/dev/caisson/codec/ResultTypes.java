package dev.caisson.codec;

import java.io.ObjectInputFilter;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An allow-list for results: the types that a user names, those they extend, and the JDK's own values.
///
/// Values of the JDK are strings, numbers, dates, enums, collections, arrays of what is allowed, and the exceptions of
/// its base module: reading them runs nobody else's code.
///
/// @param types the user's
/// @param others another filter of the user's, if there is one: what it rejects is rejected, what it allows is allowed
public record ResultTypes(Set<Class<?>> types, Optional<ObjectInputFilter> others) implements ObjectInputFilter {

    private static final Set<String> VALUES = Set.of(
            "java.io.File",
            "java.lang.Boolean",
            "java.lang.Byte",
            "java.lang.Character",
            "java.lang.Double",
            "java.lang.Enum",
            "java.lang.Float",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Number",
            "java.lang.Object",
            "java.lang.Record",
            "java.lang.Short",
            "java.lang.StackTraceElement",
            "java.lang.String",
            "java.lang.StringBuffer",
            "java.lang.StringBuilder",
            "java.net.URI",
            "java.util.AbstractCollection",
            "java.util.AbstractList",
            "java.util.AbstractMap",
            "java.util.AbstractMap$SimpleEntry",
            "java.util.AbstractMap$SimpleImmutableEntry",
            "java.util.AbstractSet",
            "java.util.ArrayDeque",
            "java.util.ArrayList",
            "java.util.Arrays$ArrayList",
            "java.util.BitSet",
            "java.util.CollSer",
            "java.util.Currency",
            "java.util.Date",
            "java.util.EnumMap",
            "java.util.EnumSet$SerializationProxy",
            "java.util.HashMap",
            "java.util.HashSet",
            "java.util.Hashtable",
            "java.util.IdentityHashMap",
            "java.util.KeyValueHolder",
            "java.util.LinkedHashMap",
            "java.util.LinkedHashSet",
            "java.util.LinkedList",
            "java.util.Locale",
            "java.util.Map$Entry",
            "java.util.Properties",
            "java.util.TreeMap",
            "java.util.TreeSet",
            "java.util.UUID",
            "java.util.Vector",
            "java.util.concurrent.ConcurrentHashMap",
            "java.util.concurrent.atomic.AtomicInteger",
            "java.util.concurrent.atomic.AtomicLong");

    private static final Set<String> PACKAGES = Set.of("java.time", "java.time.chrono", "java.math");

    private static final ClassValue<Boolean> VALUE = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return isValue(type);
        }
    };

    /// Adds what the types extend: that is read with them.
    public ResultTypes {
        var all = new HashSet<Class<?>>();
        for (var type : types) {
            for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
                all.add(each);
            }
        }
        types = Set.copyOf(all);
    }

    @Override
    public Status checkInput(FilterInfo checked) {
        var other = others.map(filter -> filter.checkInput(checked)).orElse(Status.UNDECIDED);
        @Nullable Class<?> type = checked.serialClass();
        return type == null || other != Status.UNDECIDED ? other : allows(type) ? Status.ALLOWED : Status.REJECTED;
    }

    private boolean allows(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return types.contains(element) || VALUE.get(element) || isConstantOf(element);
    }

    /// A constant of an enum may have a body, and so a class of its own.
    private boolean isConstantOf(Class<?> type) {
        @Nullable Class<?> above = type.getSuperclass();
        return above != null && above.isEnum() && types.contains(above);
    }

    private static boolean isValue(Class<?> type) {
        if (type.isPrimitive() || VALUES.contains(type.getName()) || isOfLibrary(type)) {
            return true;
        }
        return type.getModule() == Object.class.getModule()
                && !Proxy.class.isAssignableFrom(type)
                && (PACKAGES.contains(type.getPackageName())
                        || Enum.class.isAssignableFrom(type)
                        || Throwable.class.isAssignableFrom(type)
                        || Path.class.isAssignableFrom(type)
                        || EnumSet.class.isAssignableFrom(type)
                        || type.getName().startsWith("java.util.Collections$")
                        || type.getName().startsWith("java.util.ImmutableCollections$"));
    }

    private static boolean isOfLibrary(Class<?> type) {
        return type == WrittenPath.class || type == TypeCodecs.Written.class || type == TypeCodecs.Written[].class;
    }
}
