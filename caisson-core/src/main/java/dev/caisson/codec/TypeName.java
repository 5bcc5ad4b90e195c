package dev.caisson.codec;

import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Names of types as the one who wrote the code knows them.
final class TypeName {

    private TypeName() {}

    static String of(Object object) {
        if (object instanceof SerializedLambda lambda) {
            return "lambda, a " + lambda.getFunctionalInterfaceClass().replace('/', '.');
        }
        var type = object.getClass();
        if (isLambda(type)) {
            return "lambda, a " + lambdaInterface(type);
        }
        return isHiddenCollection(object) ? publicName(object) : type.getTypeName();
    }

    static boolean isCollection(Object object) {
        return object instanceof Collection || object instanceof Map;
    }

    /// A list, set or map of a class that only the JDK knows.
    static boolean isHiddenCollection(Object object) {
        var type = object.getClass();
        return isCollection(object) && type.getName().startsWith("java.") && !Modifier.isPublic(type.getModifiers());
    }

    /// `java.util.ImmutableCollections$ListN` says less than `java.util.List`.
    private static String publicName(Object object) {
        for (Class<?> known : List.of(List.class, Set.class, Map.class, Collection.class)) {
            if (known.isInstance(object)) {
                return known.getTypeName();
            }
        }
        return object.getClass().getTypeName();
    }

    /// Without the package, but with the classes around it.
    static String simple(Class<?> type) {
        var name = type.getTypeName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    static boolean isLambda(Class<?> type) {
        return type.isHidden() && type.getName().contains("$$Lambda");
    }

    static String lambdaInterface(Class<?> lambda) {
        return Arrays.stream(lambda.getInterfaces())
                .map(Class::getTypeName)
                .findFirst()
                .orElse("functional interface");
    }
}
