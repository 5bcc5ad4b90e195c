package dev.caisson.pool;

import dev.caisson.TaskFuture;
import dev.caisson.runtime.Submitter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// `invokeAll` and `invokeAny`, as [java.util.concurrent.ExecutorService] describes them.
///
/// @param submitter of the pool where the tasks run
record BulkInvocation(Submitter submitter) {

    <T extends @Nullable Object> List<Future<T>> all(Collection<? extends Callable<T>> tasks, long limitNanos)
            throws InterruptedException {
        long begin = System.nanoTime();
        var futures = new ArrayList<TaskFuture<T>>(tasks.size());
        boolean complete = false;
        try {
            for (var task : tasks) {
                futures.add(submitter.submitOrInterrupt(Objects.requireNonNull(task, "task")));
            }
            complete = awaitAll(futures, begin, limitNanos);
        } finally {
            if (!complete) {
                cancel(futures);
            }
        }
        return List.copyOf(futures);
    }

    private static <T extends @Nullable Object> boolean awaitAll(
            List<TaskFuture<T>> futures, long begin, long limitNanos) throws InterruptedException {
        for (var future : futures) {
            try {
                if (limitNanos == Long.MAX_VALUE) {
                    var ignored = future.get();
                } else {
                    var ignored = future.get(limitNanos - (System.nanoTime() - begin), TimeUnit.NANOSECONDS);
                }
            } catch (TimeoutException late) {
                return false;
            } catch (ExecutionException | CancellationException _) {
                // The caller finds it in the future.
            }
        }
        return true;
    }

    <T extends @Nullable Object> T any(Collection<? extends Callable<T>> tasks, long limitNanos)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("invokeAny needs one task or more");
        }
        long begin = System.nanoTime();
        BlockingQueue<TaskFuture<T>> ended = new LinkedBlockingQueue<>();
        var futures = new ArrayList<TaskFuture<T>>(tasks.size());
        try {
            for (var task : tasks) {
                var future = submitter.<T>submitOrInterrupt(Objects.requireNonNull(task, "task"));
                futures.add(future);
                future.whenComplete((value, error) -> ended.add(future));
            }
            return firstSuccess(ended, futures.size(), begin, limitNanos);
        } finally {
            cancel(futures);
        }
    }

    private static <T extends @Nullable Object> T firstSuccess(
            BlockingQueue<TaskFuture<T>> ended, int count, long begin, long limitNanos)
            throws InterruptedException, ExecutionException, TimeoutException {
        ExecutionException failure = null;
        for (int left = count; left > 0; left--) {
            long wait = limitNanos == Long.MAX_VALUE ? Long.MAX_VALUE : limitNanos - (System.nanoTime() - begin);
            var future = ended.poll(wait, TimeUnit.NANOSECONDS);
            if (future == null) {
                throw new TimeoutException(
                        "None of " + count + " tasks has succeeded within the limit; all are cancelled");
            }
            try {
                return future.get();
            } catch (ExecutionException failed) {
                failure = failed;
            } catch (CancellationException cancelled) {
                failure = new ExecutionException(cancelled);
            }
        }
        throw Objects.requireNonNull(failure, "the failure of the last task");
    }

    private static void cancel(List<? extends Future<?>> futures) {
        futures.forEach(future -> future.cancel(true));
    }
}
