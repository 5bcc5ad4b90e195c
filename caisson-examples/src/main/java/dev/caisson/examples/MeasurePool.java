package dev.caisson.examples;

import dev.caisson.Batch;
import dev.caisson.ProcessPool;
import dev.caisson.TaskFuture;
import dev.caisson.TaskOptions;
import dev.caisson.TaskTimeoutException;
import dev.caisson.WorkerExitedException;
import dev.caisson.WorkerOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// Measures a pool of two workers: five rounds of everything, medians at the end. The numbers are in
/// `docs/measurements.md`; take ratios on a shared machine, not absolute values.
public final class MeasurePool {

    private static final int ROUNDS = 5;
    private static final int WORKERS = 2;
    private static final int SUBMITS = 20_000;
    private static final int ROUND_TRIPS = 2_000;
    private static final Duration LIMIT = Duration.ofMillis(200);

    private MeasurePool() {}

    /// Prints a table of medians.
    ///
    /// @param arguments none
    /// @throws Exception if anything fails that should not
    public static void main(String[] arguments) throws Exception {
        report("start of a pool to its first result, ms", MeasurePool::startMillis);
        report("round trip of an empty task, µs", MeasurePool::roundTripMicros);
        report("single submits, tasks/s", MeasurePool::submitsPerSecond);
        report("map in chunks of 100, items/s", () -> mappedPerSecond(batch -> batch.chunkSize(100)));
        report("map in chunks sized by time, items/s", () -> mappedPerSecond(batch -> batch));
        report("SIGKILL of a worker to its error, ms", MeasurePool::killMillis);
        report("Runtime.halt in a task to its error, ms", MeasurePool::haltMillis);
        report("hard limit to its error, beyond the limit, ms", MeasurePool::overshootMillis);
        report("closing an idle pool, ms", MeasurePool::closeMillis);
    }

    private static void report(String what, Callable<Double> measurement) throws Exception {
        var values = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            values[round] = measurement.call();
        }
        Arrays.sort(values);
        System.out.printf("%-50s %10.1f   (%.1f to %.1f)%n", what, values[ROUNDS / 2], values[0], values[ROUNDS - 1]);
    }

    private static double startMillis() throws Exception {
        long begin = System.nanoTime();
        try (var pool = ProcessPool.create(WORKERS)) {
            var one = pool.call(() -> 1);
            return millisSince(begin) * one;
        }
    }

    private static double roundTripMicros() throws Exception {
        try (var pool = ProcessPool.create(WORKERS)) {
            warmUp(pool);
            var trips = new double[ROUND_TRIPS];
            for (int trip = 0; trip < ROUND_TRIPS; trip++) {
                long begin = System.nanoTime();
                pool.call(() -> 1);
                trips[trip] = (System.nanoTime() - begin) / 1e3;
            }
            Arrays.sort(trips);
            return trips[ROUND_TRIPS / 2];
        }
    }

    private static double submitsPerSecond() throws Exception {
        try (var pool = ProcessPool.create(WORKERS)) {
            warmUp(pool);
            long begin = System.nanoTime();
            var futures = new ArrayList<TaskFuture<Integer>>(SUBMITS);
            for (int task = 0; task < SUBMITS; task++) {
                int number = task;
                futures.add(pool.submit(() -> number));
            }
            for (var future : futures) {
                future.get();
            }
            return SUBMITS * 1e3 / millisSince(begin);
        }
    }

    private static double mappedPerSecond(UnaryOperator<Batch<Integer>> shape) throws Exception {
        int items = 10 * SUBMITS;
        try (var pool = ProcessPool.create(WORKERS)) {
            warmUp(pool);
            long begin = System.nanoTime();
            var results = shape.apply(
                            pool.batch(IntStream.range(0, items).boxed().toList()))
                    .map(item -> item + 1)
                    .toList();
            return results.size() * 1e3 / millisSince(begin);
        }
    }

    private static double killMillis() throws Exception {
        try (var pool = ProcessPool.create(WORKERS)) {
            warmUp(pool);
            var doomed = pool.submit(MeasurePool::spin);
            while (doomed.worker().isEmpty()) {
                Thread.onSpinWait();
            }
            var worker = ProcessHandle.of(doomed.worker().get().pid()).orElseThrow();
            long begin = System.nanoTime();
            worker.destroyForcibly();
            try {
                doomed.get();
            } catch (ExecutionException expected) {
                if (!(expected.getCause() instanceof WorkerExitedException)) {
                    throw expected;
                }
            }
            return millisSince(begin);
        }
    }

    private static double haltMillis() throws Exception {
        try (var pool = quiet()) {
            warmUp(pool);
            var doomed = pool.submit(() -> {
                long now = System.nanoTime(); // comparable between processes on Linux
                System.out.println("halts at " + now);
                Runtime.getRuntime().halt(1);
                return now;
            });
            long begin = System.nanoTime();
            try {
                doomed.get();
            } catch (ExecutionException expected) {
                if (expected.getCause() instanceof WorkerExitedException death) {
                    begin = Long.parseLong(death.outputTail().getLast().substring("halts at ".length()));
                }
            }
            return millisSince(begin);
        }
    }

    private static double overshootMillis() throws Exception {
        try (var pool = ProcessPool.create(WORKERS)) {
            warmUp(pool);
            var endless = pool.submit(MeasurePool::spin, TaskOptions.DEFAULT.withTimeLimit(LIMIT));
            long begin = System.nanoTime();
            try {
                endless.get();
            } catch (ExecutionException expected) {
                if (!(expected.getCause() instanceof TaskTimeoutException)) {
                    throw expected;
                }
            }
            return millisSince(begin) - LIMIT.toMillis();
        }
    }

    private static double closeMillis() throws Exception {
        var pool = ProcessPool.create(WORKERS);
        warmUp(pool);
        long begin = System.nanoTime();
        pool.close();
        return millisSince(begin);
    }

    private static int spin() {
        int turns = 0;
        while (turns >= 0) {
            turns = (turns + 1) & Integer.MAX_VALUE;
        }
        return turns;
    }

    private static ProcessPool quiet() {
        return ProcessPool.builder()
                .workers(WORKERS)
                .output(WorkerOutput.discard())
                .build();
    }

    private static void warmUp(ProcessPool pool) throws Exception {
        for (int task = 0; task < 3_000; task++) {
            pool.call(() -> 0);
        }
    }

    private static double millisSince(long begin) {
        return (System.nanoTime() - begin) / 1e6;
    }
}
