package dev.caisson.cli;

import dev.caisson.TaskFunction;
import java.io.Serial;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/// Calls the user's method with an input, in the worker.
///
/// It travels as names: this process never initializes the user's class, and doesn't have the types of its values and
/// exceptions. Values arrive as [PlainValue] makes them, exceptions as a [TargetFailure].
final class TargetCall implements TaskFunction<String, @Nullable Object> {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String className;
    private final String methodName;
    private final String parameterName;
    private final Argument argument;

    // Found at the first call; only the worker's task thread uses it.
    private transient @Nullable Method method;

    TargetCall(String className, String methodName, String parameterName, Argument argument) {
        this.className = className;
        this.methodName = methodName;
        this.parameterName = parameterName;
        this.argument = argument;
    }

    @Override
    public @Nullable Object apply(String input) throws TargetFailure {
        try {
            return PlainValue.of(method().invoke(null, argument.parse(input)));
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (InvocationTargetException e) {
            var thrown = e.getCause();
            if (thrown instanceof OutOfMemoryError memory) {
                // The worker must see it as it is: it can't be trusted any more.
                throw memory;
            }
            throw new TargetFailure(Fault.of(thrown == null ? e : thrown));
        } catch (Throwable e) {
            // The border of this process's code: whatever it is has to be told in words that travel.
            throw new TargetFailure(Fault.of(e));
        }
    }

    private Method method() throws ReflectiveOperationException {
        if (method == null) {
            method = find();
        }
        return method;
    }

    private Method find() throws ReflectiveOperationException {
        var type = Class.forName(className, true, ClassLoader.getSystemClassLoader());
        for (var candidate : type.getDeclaredMethods()) {
            if (candidate.getName().equals(methodName)
                    && candidate.getParameterCount() == 1
                    && candidate.getParameterTypes()[0].getName().equals(parameterName)) {
                candidate.setAccessible(true);
                return candidate;
            }
        }
        throw new NoSuchMethodException(className + "::" + methodName + "(" + parameterName + ")");
    }

    @Override
    public String toString() {
        return className + "::" + methodName;
    }
}
