package dev.caisson.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds the method that a target names, before any worker starts: a mistake here would fail every input.
///
/// Classes are loaded for a look at their signatures and never initialized, so none of their code runs in this process.
final class TargetFinder {

    private final List<Path> classPath;

    TargetFinder(List<Path> classPath) {
        this.classPath = classPath;
    }

    /// Finds a method by name, or, if no name is given, the only one that could be meant.
    ///
    /// @throws WrongUsage if there is no such method or class, or more than one method
    TargetCall find(String className, Optional<Target.Method> wanted) {
        return look(className, type -> find(type, wanted));
    }

    /// Finds a static method without arguments.
    ///
    /// @return the binary name of its class
    /// @throws WrongUsage if there is none of that name
    String findInitializer(String className, String method) {
        return look(className, type -> {
            if (Arrays.stream(type.getDeclaredMethods())
                    .noneMatch(one -> one.getName().equals(method)
                            && Modifier.isStatic(one.getModifiers())
                            && one.getParameterCount() == 0)) {
                throw new WrongUsage(
                        "--initializer: " + type.getName() + " has no static method " + method + " without arguments");
            }
            return type.getName();
        });
    }

    private <T> T look(String className, Function<Class<?>, T> finder) {
        var urls = Stream.concat(classPath.stream(), Stream.of(ClassPath.library()))
                .map(TargetFinder::url)
                .toArray(URL[]::new);
        try (var loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            return finder.apply(load(className, loader));
        } catch (ClassNotFoundException e) {
            throw new WrongUsage("There is no class " + className + " on the class path " + shown()
                    + (className.contains("/")
                            ? ". Write dots between packages: " + className.replace('/', '.')
                            : ". Give the folders and jars that hold it with --class-path"));
        } catch (LinkageError e) {
            throw new WrongUsage("The class " + className + " can't be loaded: " + e
                    + ". If that names a class it needs," + " add it to --class-path; now it is " + shown());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Loads a class by its binary name, or by that of the sources, which has a dot before a nested class too.
    private static Class<?> load(String name, ClassLoader loader) throws ClassNotFoundException {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException none) {
            var dot = name.lastIndexOf('.');
            if (dot < 0) {
                throw none;
            }
            try {
                return load(name.substring(0, dot) + "$" + name.substring(dot + 1), loader);
            } catch (ClassNotFoundException notNestedEither) {
                throw none;
            }
        }
    }

    private TargetCall find(Class<?> type, Optional<Target.Method> wanted) {
        var methods = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> !method.isSynthetic() && Modifier.isStatic(method.getModifiers()))
                .toList();
        var suitable = methods.stream()
                .filter(TargetFinder::isSuitable)
                .filter(method ->
                        wanted.isPresent() ? matches(method, wanted.get()) : !Modifier.isPrivate(method.getModifiers()))
                .toList();
        if (suitable.size() == 1) {
            return call(suitable.getFirst());
        }
        if (suitable.isEmpty()) {
            throw new WrongUsage(noneFound(type, wanted, methods));
        }
        throw new WrongUsage(type.getName() + " has several static methods of one argument: " + shown(suitable)
                + ". Name one: ::"
                + wanted.map(Target.Method::name).orElse(suitable.getFirst().getName())
                + "(" + suitable.getFirst().getParameterTypes()[0].getSimpleName() + "), for example");
    }

    private static TargetCall call(Method method) {
        var parameter = method.getParameterTypes()[0];
        return new TargetCall(
                method.getDeclaringClass().getName(),
                method.getName(),
                parameter.getName(),
                Argument.of(parameter).orElseThrow());
    }

    private static boolean isSuitable(Method method) {
        return method.getParameterCount() == 1
                && Argument.of(method.getParameterTypes()[0]).isPresent();
    }

    private static boolean matches(Method method, Target.Method wanted) {
        var type = method.getParameterTypes()[0];
        return method.getName().equals(wanted.name())
                && wanted.parameter()
                        .map(name -> name.equals(type.getSimpleName()) || name.equals(type.getTypeName()))
                        .orElse(true);
    }

    private static String noneFound(Class<?> type, Optional<Target.Method> wanted, List<Method> staticMethods) {
        var sameName = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> !method.isSynthetic()
                        && wanted.isPresent()
                        && method.getName().equals(wanted.get().name()))
                .sorted(Comparator.comparing(TargetFinder::shown))
                .map(method -> shown(method) + " " + obstacle(method))
                .toList();
        if (!sameName.isEmpty()) {
            return "No input can be given to " + type.getName() + "::" + wanted.get() + ": "
                    + String.join("; ", sameName) + ". A target is a static method of one argument: "
                    + Argument.supported();
        }
        var message = type.getName() + " has no static method "
                + wanted.map(method -> method + " ").orElse("") + "that takes one argument of type "
                + Argument.supported();
        var candidates = staticMethods.stream()
                .filter(method -> isSuitable(method) && !Modifier.isPrivate(method.getModifiers()))
                .toList();
        return candidates.isEmpty()
                ? message + ", nor any other that a target can be"
                : message + ". A target can be " + shown(candidates);
    }

    /// Why a method is none that inputs can be given to.
    private static String obstacle(Method method) {
        if (!Modifier.isStatic(method.getModifiers())) {
            return "is not static";
        }
        if (method.getParameterCount() != 1) {
            return "takes " + (method.getParameterCount() == 0 ? "no" : method.getParameterCount()) + " arguments";
        }
        return isSuitable(method)
                ? "is another one"
                : "takes a " + method.getParameterTypes()[0].getSimpleName() + ", which inputs can't be made into";
    }

    private static String shown(List<Method> methods) {
        return methods.stream().map(TargetFinder::shown).sorted().collect(Collectors.joining(", "));
    }

    private static String shown(Method method) {
        return method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    private String shown() {
        return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static URL url(Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(entry + " has no URL", e);
        }
    }
}
