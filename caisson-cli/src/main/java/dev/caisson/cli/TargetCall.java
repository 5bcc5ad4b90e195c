package dev.caisson.cli;

import java.io.Serial;
import java.io.Serializable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Calls the user's method with an input, in the worker.
///
/// It travels as names: this process never initializes the user's class, and doesn't have the types of its values and
/// exceptions. Values arrive as [PlainValue] makes them, exceptions as a [TargetFailure].
final class TargetCall implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String className;
    private final String methodName;
    private final String parameterName;
    private final Argument argument;

    // Of the worker: a call arrives anew with each input, and looking a method up takes longer than many methods do.
    private static final Map<String, Method> METHODS = new ConcurrentHashMap<>();

    TargetCall(String className, String methodName, String parameterName, Argument argument) {
        this.className = className;
        this.methodName = methodName;
        this.parameterName = parameterName;
        this.argument = argument;
    }

    /// Calls the method and makes its value plain.
    @Nullable Object apply(String input) throws TargetFailure {
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

    /// Has the user's class initialized, if it can be. If not, each input will tell why.
    void initializeClass() {
        try {
            method();
        } catch (ReflectiveOperationException | LinkageError told) {
            // An input that meets the same tells it in its account.
        }
    }

    private Method method() throws ReflectiveOperationException {
        var key = className + "::" + methodName + "(" + parameterName + ")";
        var known = METHODS.get(key);
        if (known != null) {
            return known;
        }
        var found = find();
        METHODS.put(key, found);
        return found;
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

    /// The method as a user can name it. No two types that a target may take have the same simple name.
    @Override
    public String toString() {
        return className + "::" + methodName + "(" + parameterName.substring(parameterName.lastIndexOf('.') + 1) + ")";
    }
}
