package dev.caisson.memory;

/// Tells failures that pass when there is memory again from those that stay.
public final class Scarcity {

    private static final int DEEPEST_CAUSE = 16;

    private Scarcity() {}

    /// Whether the same step may succeed later, when this process has memory, or threads, again.
    ///
    /// @return false also for what followed from a lack of memory but stays, such as a class that could not be
    ///     initialized
    public static boolean isCauseOf(Throwable failure) {
        var cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof NoClassDefFoundError || cause instanceof ExceptionInInitializerError) {
                return false;
            }
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
