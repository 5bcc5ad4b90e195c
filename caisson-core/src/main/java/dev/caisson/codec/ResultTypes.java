package dev.caisson.codec;

import dev.caisson.TaskCodec;
import java.io.ObjectInputFilter;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An allow-list for results: the types that a user names, those they extend, those they are sealed for, and the JDK's
/// own values.
///
/// Values of the JDK are strings, numbers, dates, enums, collections, arrays of what is allowed, and the exceptions of
/// its base module: reading them runs nobody else's code. The library's own errors and records are allowed, too.
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
            "java.lang.String$CaseInsensitiveComparator",
            "java.lang.StringBuffer",
            "java.lang.StringBuilder",
            "java.net.URI",
            "java.util.BitSet",
            "java.util.CollSer",
            "java.util.Currency",
            "java.util.Date",
            "java.util.EnumSet$SerializationProxy",
            "java.util.Locale",
            "java.util.UUID",
            "java.util.concurrent.ConcurrentHashMap$Segment");

    /// All of these packages: dates and numbers, numbers that are shared, and the locks that old forms of some
    /// collections are written with, which are open when they are read.
    private static final Set<String> PACKAGES = Set.of(
            "java.math", "java.time", "java.time.chrono", "java.util.concurrent.atomic", "java.util.concurrent.locks");

    /// Of these packages what holds others, and what wraps it.
    private static final Set<String> COLLECTIONS = Set.of("java.util", "java.util.concurrent");

    private static final ClassValue<Boolean> VALUE = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return isValue(type);
        }
    };

    /// Adds what is read with the types: what they extend, and what may extend them if they are sealed.
    public ResultTypes {
        var all = new HashSet<Class<?>>();
        types.forEach(type -> add(element(type), all));
        types = Set.copyOf(all);
    }

    private static void add(Class<?> type, Set<Class<?>> all) {
        boolean isNew = all.add(type);
        for (@Nullable Class<?> each = type.getSuperclass(); each != null; each = each.getSuperclass()) {
            all.add(each);
        }
        if (isNew && type.isSealed()) {
            for (var permitted : type.getPermittedSubclasses()) {
                add(permitted, all);
            }
        }
    }

    @Override
    public Status checkInput(FilterInfo checked) {
        var other = others.map(filter -> filter.checkInput(checked)).orElse(Status.UNDECIDED);
        @Nullable Class<?> type = checked.serialClass();
        return type == null || other != Status.UNDECIDED ? other : allows(type) ? Status.ALLOWED : Status.REJECTED;
    }

    private boolean allows(Class<?> type) {
        var element = element(type);
        return types.contains(element) || VALUE.get(element) || isConstantOf(element);
    }

    /// A constant of an enum may have a body, and so a class of its own.
    private boolean isConstantOf(Class<?> type) {
        @Nullable Class<?> above = type.getSuperclass();
        return above != null && above.isEnum() && types.contains(above);
    }

    /// What an array holds; any other type itself.
    static Class<?> element(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return element;
    }

    /// The call that lets a type pass.
    static String remedy(Class<?> refused) {
        var type = element(refused);
        @Nullable Class<?> above = type.getSuperclass();
        var named = above != null && above.isEnum() ? above : type;
        @Nullable String name = named.getCanonicalName();
        return name != null && (Modifier.isPublic(named.getModifiers()) || !isOfJdk(named))
                ? "resultTypes(" + name.substring(name.lastIndexOf('.') + 1) + ".class)"
                : "resultFilter(ObjectInputFilter.Config.createFilter(\"" + named.getName() + "\"))";
    }

    private static boolean isValue(Class<?> type) {
        if (type.isPrimitive() || VALUES.contains(type.getName()) || isOfLibrary(type)) {
            return true;
        }
        return isOfJdk(type)
                && !Proxy.class.isAssignableFrom(type)
                && (PACKAGES.contains(type.getPackageName())
                        || isCollection(type)
                        || Enum.class.isAssignableFrom(type)
                        || Throwable.class.isAssignableFrom(type)
                        || Path.class.isAssignableFrom(type));
    }

    private static boolean isOfJdk(Class<?> type) {
        return type.getModule() == Object.class.getModule();
    }

    private static boolean isCollection(Class<?> type) {
        return COLLECTIONS.contains(type.getPackageName())
                && (Collection.class.isAssignableFrom(type)
                        || Map.class.isAssignableFrom(type)
                        || Map.Entry.class.isAssignableFrom(type)
                        || type.getName().startsWith("java.util.Collections$"));
    }

    /// What it writes in the place of others, and the errors and records that its users know.
    private static boolean isOfLibrary(Class<?> type) {
        return type == WrittenPath.class
                || type == TypeCodecs.Written.class
                || (type.getPackage() == TaskCodec.class.getPackage()
                        && (type.isRecord() || type.isEnum() || Throwable.class.isAssignableFrom(type)));
    }
}
