package dev.caisson.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/// The signals that ask a process to stop, and who takes them.
///
/// Goes by reflection to `sun.misc.Signal`, the only way the JDK has to hear of a signal and go on: for the compiler
/// each mention of it is a warning that can't be suppressed.
final class Signals {

    private Signals() {}

    /// Sets who takes a signal.
    ///
    /// @param name such as `INT`, which Ctrl-C sends, or `TERM`
    /// @return who took it before, for [#restore(String, Object)]; null if the JVM keeps signals to itself (`-Xrs`)
    static @Nullable Object take(String name, Runnable handler) {
        try {
            var type = Class.forName("sun.misc.SignalHandler");
            return handle(
                    name,
                    Proxy.newProxyInstance(
                            Signals.class.getClassLoader(), new Class<?>[] {type}, new OnSignal(handler)));
        } catch (ClassNotFoundException e) {
            throw withoutSignals(e);
        }
    }

    /// Gives it back.
    static void restore(String name, @Nullable Object before) {
        if (before != null) {
            handle(name, before);
        }
    }

    private static @Nullable Object handle(String name, Object handler) {
        try {
            var type = Class.forName("sun.misc.Signal");
            var signal = type.getConstructor(String.class).newInstance(name);
            return type.getMethod("handle", type, Class.forName("sun.misc.SignalHandler"))
                    .invoke(null, signal, handler);
        } catch (InvocationTargetException e) {
            // The JVM refuses: then the signal ends the process as it always did.
            return null;
        } catch (ReflectiveOperationException e) {
            throw withoutSignals(e);
        }
    }

    private static IllegalStateException withoutSignals(ReflectiveOperationException cause) {
        return new IllegalStateException(
                "this Java runtime lacks the module jdk.unsupported, so signals can't be taken", cause);
    }

    private record OnSignal(Runnable handler) implements InvocationHandler {

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
            return switch (method.getName()) {
                case "handle" -> {
                    handler.run();
                    yield null;
                }
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> arguments != null && isSame(arguments[0], proxy);
                default -> "signal handler";
            };
        }

        @SuppressWarnings("ReferenceEquality") // a proxy has no other equality
        private static boolean isSame(@Nullable Object other, Object proxy) {
            return other == proxy;
        }
    }
}
