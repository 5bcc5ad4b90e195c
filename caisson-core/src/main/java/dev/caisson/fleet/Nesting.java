package dev.caisson.fleet;

import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// How deep this process is in pools within workers of pools, and how deep that may go: a task that opens a pool for
/// itself again would else fill the machine.
///
/// The depth travels in the environment, so that it is kept through other programs that a task starts; the limit as a
/// system property from each process to its workers.
public record Nesting(int depth, int limit) {

    /// System property of the outermost program: how many levels of workers there may be.
    static final String LIMIT = "caisson.maxDepth";

    /// Variable that tells a worker its level, from 1.
    static final String DEPTH = "CAISSON_DEPTH";

    private static final int DEFAULT_LIMIT = 4;

    private static final Nesting HERE = of(System.getenv(DEPTH), System.getProperty(LIMIT));

    /// Of this process.
    public static Nesting here() {
        return HERE;
    }

    static Nesting of(@Nullable String depth, @Nullable String limit) {
        return new Nesting(number(depth, 0), number(limit, DEFAULT_LIMIT));
    }

    /// Whether this process may have workers.
    ///
    /// @throws RejectedExecutionException if workers of this process would be too deep
    public void requireRoom(String pool) {
        if (depth >= limit) {
            throw new RejectedExecutionException("Pool " + pool + " can't have workers here: this process is itself a"
                    + " worker, at level " + depth + " of pools within pools, and " + limit
                    + " levels are allowed, against tasks that open pools without end. A pool in a static field or initializer"
                    + " of a class that tasks use is opened anew in each worker: open it elsewhere. If this is meant, start the"
                    + " outermost program with -D" + LIMIT + "=" + (depth + 1) + " or more.");
        }
    }

    String childDepth() {
        return Integer.toString(depth + 1);
    }

    /// For a worker, so that it knows the same limit.
    String limitOption() {
        return "-D" + LIMIT + "=" + limit;
    }

    private static int number(@Nullable String text, int otherwise) {
        return text != null && text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : otherwise;
    }
}
