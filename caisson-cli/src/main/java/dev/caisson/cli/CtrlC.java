package dev.caisson.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/// The signal that Ctrl-C sends, and who takes it.
///
/// Goes by reflection to `sun.misc.Signal`, the only way the JDK has to hear of a signal and go on: for the compiler
/// each mention of it is a warning that can't be suppressed.
final class CtrlC {

    private CtrlC() {}

    /// Sets who takes it.
    ///
    /// @return who took it before, for [#restore(Object)]; null if the JVM keeps signals to itself (`-Xrs`)
    static @Nullable Object take(Runnable handler) {
        try {
            var type = Class.forName("sun.misc.SignalHandler");
            return handle(
                    Proxy.newProxyInstance(CtrlC.class.getClassLoader(), new Class<?>[] {type}, new OnSignal(handler)));
        } catch (ClassNotFoundException e) {
            throw withoutSignals(e);
        }
    }

    /// Gives it back.
    static void restore(@Nullable Object before) {
        if (before != null) {
            handle(before);
        }
    }

    private static @Nullable Object handle(Object handler) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var interrupt = signal.getConstructor(String.class).newInstance("INT");
            return signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"))
                    .invoke(null, interrupt, handler);
        } catch (InvocationTargetException e) {
            // The JVM refuses: then Ctrl-C ends the process as it always did.
            return null;
        } catch (ReflectiveOperationException e) {
            throw withoutSignals(e);
        }
    }

    private static IllegalStateException withoutSignals(ReflectiveOperationException cause) {
        return new IllegalStateException(
                "this Java runtime lacks the module jdk.unsupported, so Ctrl-C can't be taken", cause);
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
                default -> "Ctrl-C";
            };
        }

        @SuppressWarnings("ReferenceEquality") // a proxy has no other equality
        private static boolean isSame(@Nullable Object other, Object proxy) {
            return other == proxy;
        }
    }
}
