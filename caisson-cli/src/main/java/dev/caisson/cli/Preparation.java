package dev.caisson.cli;

import dev.caisson.Action;
import java.io.Serial;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prepares a worker before it takes inputs, under the limit of its start: what it loads here no input has to pay for
/// with its time limit.
///
/// It runs the user's own initializer, initializes the target's class, and runs the target on inputs whose results are
/// dropped. It travels as names, as a [TargetCall] does.
///
/// @param target its class is initialized
/// @param className class of the initializer; null for none
/// @param methodName a static method without arguments
/// @param warmUps inputs to run the target on
record Preparation(
        TargetCall target,
        @Nullable String className,
        @Nullable String methodName,
        @SuppressWarnings("serial") List<String> warmUps) // List.copyOf gives serializable lists
        implements Action {

    /// Only the target's class.
    static Preparation of(TargetCall target) {
        return new Preparation(target, null, null, List.of());
    }

    Preparation {
        warmUps = List.copyOf(warmUps);
    }

    @Override
    public void perform() throws PreparationFailure {
        if (className != null && methodName != null) {
            initialize(className, methodName);
        }
        target.initializeClass();
        for (var input : warmUps) {
            warmUp(input);
        }
    }

    private static void initialize(String className, String methodName) throws PreparationFailure {
        var name = "--initializer " + className + "::" + methodName;
        try {
            var method = Class.forName(className, true, ClassLoader.getSystemClassLoader())
                    .getDeclaredMethod(methodName);
            method.setAccessible(true);
            method.invoke(null);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof OutOfMemoryError memory) {
                throw memory;
            }
            throw new PreparationFailure(name, Fault.of(e.getCause() == null ? e : e.getCause()));
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new PreparationFailure(name, Fault.of(e));
        }
    }

    private void warmUp(String input) throws PreparationFailure {
        try {
            target.apply(input);
        } catch (TargetFailure failure) {
            throw new PreparationFailure("--warm-up " + Printable.line(input, 60), failure.fault());
        }
    }

    /// Tells what failed, in words: the class of the cause may be none of the parent's.
    static final class PreparationFailure extends Exception {

        @Serial
        private static final long serialVersionUID = 1L;

        PreparationFailure(String what, Fault fault) {
            super(text(what, fault), null, false, false);
        }

        private static String text(String what, Fault fault) {
            var thrown = fault.type() + (fault.message() == null ? "" : ": " + fault.message());
            return what + " failed: " + (fault.stack() == null ? thrown : fault.stack());
        }
    }
}
