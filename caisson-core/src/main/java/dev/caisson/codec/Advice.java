package dev.caisson.codec;

import dev.caisson.TaskContext;
import dev.caisson.TaskPool;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import java.util.stream.BaseStream;

/// What to write instead, for those objects that people try to send.
final class Advice {

    private static final String FUTURES_TASK = "It is the inside of a future of this process, which waits here for its"
            + " result: CompletableFuture.supplyAsync(…, pool), runAsync, ExecutorCompletionService and FutureTask"
            + " hand these to an executor, and they can't leave this process. Use pool.submit(…): the TaskFuture it"
            + " returns is a CompletionStage.";

    private static final String THIS =
            "The lambda uses a field or method of its enclosing object, so it captured `this`:"
                    + " copy what it needs into a local variable first, as in `var name = this.name;`, use that,"
                    + " and call only static methods.";

    private static final String ENCLOSING =
            "An inner, local or anonymous class takes its enclosing object along: make it"
                    + " a static nested class or a record, or write a lambda that uses local variables only.";

    private static final String PROCESS_BOUND = "It belongs to this process: send what is needed to make one, such as a"
            + " file name, an address or the settings, and make it inside the task; or mark the field transient.";

    private static final String FUTURE = "A future stays with the process that waits for it: send the value that it"
            + " gives, as in `first.thenCompose(value -> pool.submit(() -> use(value)))`.";

    private static final String POOL = "A pool belongs to the process that opened it: let a task return what is to be"
            + " done next, and submit that from here; or open a pool inside the task, which has workers of its own.";

    private static final String VIEW =
            "It is a view of another collection, or made by code that is not meant to travel:"
                    + " send a copy, such as List.copyOf(…), new HashSet<>(…) or new HashMap<>(…).";

    private static final String WRAPPER =
            "It is a wrapper that measures a task, carries a context, or calls a method of"
                    + " this process later, and stays here. Hand tasks to the pool itself, not to what wraps it. To carry a"
                    + " context, such as that of a log or a trace, surround tasks in their workers: ProcessPool.builder()"
                    + ".aroundTask(…). To measure, listen: ProcessPool.builder().listener(…), or pool.snapshot(). Instead of"
                    + " @Async, let the method return pool.submit(…).";

    /// Packages of those who wrap what is given to an executor.
    private static final List<String> WRAPPERS = List.of(
            "io.micrometer.",
            "io.opentelemetry.",
            "io.opentracing.",
            "brave.",
            "org.springframework.",
            "com.google.common.util.concurrent.",
            "org.eclipse.microprofile.context.",
            "io.smallrye.context.");

    private Advice() {}

    /// On an object that a task has returned.
    static String onResult(Obstacle obstacle) {
        if (isFuture(obstacle.culprit()) || obstacle.culprit() instanceof Future<?>) {
            return "A future stays with the process that waits for it: let the task wait, and return the value, as by"
                    + " future.join().";
        }
        if (TypeName.isLambda(obstacle.culprit().getClass()) && obstacle.way().isEmpty()) {
            return "A lambda can travel only if the type it is written for is serializable: return the value that it"
                    + " would give.";
        }
        return on(obstacle);
    }

    static String on(Obstacle obstacle) {
        if (isFuture(obstacle.root()) || isFuture(obstacle.culprit())) {
            return FUTURES_TASK;
        }
        if (isWrapper(obstacle.root())) {
            return WRAPPER;
        }
        if (obstacle.thrown() != null) {
            return "Its own writeObject, writeReplace or writeExternal, or the codec for its type, did this, or a field that it declares but can't"
                    + " provide; if the worker has no need of it, mark the field transient.";
        }
        if (TypeName.isLambda(obstacle.culprit().getClass())) {
            return onLambda(obstacle);
        }
        if (holdsThrough(obstacle, Part.Kind.LAMBDAS_THIS)) {
            return THIS;
        }
        if (holdsThrough(obstacle, Part.Kind.ENCLOSING)) {
            return ENCLOSING;
        }
        return onObject(obstacle.culprit());
    }

    private static boolean holdsThrough(Obstacle obstacle, Part.Kind kind) {
        return obstacle.way().stream().anyMatch(part -> part.kind() == kind);
    }

    /// These classes are not public: their names are all there is to know them by.
    private static boolean isFuture(Object object) {
        return object instanceof FutureTask
                || object.getClass().getName().startsWith("java.util.concurrent.CompletableFuture");
    }

    private static boolean isWrapper(Object root) {
        var name = root.getClass().getName();
        return WRAPPERS.stream().anyMatch(name::startsWith);
    }

    private static String onLambda(Obstacle obstacle) {
        var target = TypeName.lambdaInterface(obstacle.culprit().getClass());
        var reason =
                "A lambda can travel only if the type it is written for is serializable, and " + target + " is not. ";
        if (!obstacle.way().isEmpty()) {
            return reason
                    + "Declare that variable or field with a serializable type, such as TaskFunction<A, R>, or cast"
                    + " the lambda: `(" + target.substring(target.lastIndexOf('.') + 1) + "<…> & Serializable)`.";
        }
        if (obstacle.culprit() instanceof Callable || obstacle.culprit() instanceof Supplier) {
            return reason + "pool.submit(() -> …) makes one that can; where another signature fixes the type, as in"
                    + " invokeAll(List.of(…)), say it: `Task<String> task = () -> …;` or `(Task<String>) () -> …`.";
        }
        return reason + "pool.submit(() -> …) makes one that can; where another signature fixes the type, say it:"
                + " `Action action = () -> …;`, `(Action) () -> …`, or TaskFunction<A, R> for a function.";
    }

    private static String onObject(Object culprit) {
        return switch (culprit) {
            case Optional<?> _ -> "Java made Optional so: send its value, as orElse(null).";
            case BaseStream<?, ?> _ -> "A stream runs where it was opened: collect it first, as by toList().";
            case Path _ ->
                "It lies in a file system of its own, such as an archive opened by this process: send its"
                        + " URI, and open it inside the task.";
            case TaskContext _ ->
                "It belongs to a task while that runs: call TaskContext.current() there, and pass on what you"
                        + " read from it.";
            case TaskPool _ -> POOL;
            case Future<?> _ -> FUTURE;
            case AutoCloseable _ -> PROCESS_BOUND;
            case Thread _ -> PROCESS_BOUND;
            case Executor _ -> PROCESS_BOUND;
            case Lock _ -> PROCESS_BOUND;
            case Callable<?> _
            when culprit.getClass().isAnonymousClass() ->
                "Write a lambda instead, `pool.submit(() -> …)`, or let the class implement Task.";
            default ->
                culprit.getClass().getName().startsWith("java.")
                        ? TypeName.isCollection(culprit) ? VIEW : PROCESS_BOUND
                        : "Let " + TypeName.simple(culprit.getClass())
                                + " implement java.io.Serializable, which a record or a class of plain values needs no"
                                + " more for; or send only those of its values that the worker needs; or mark the field"
                                + " transient.";
        };
    }
}
