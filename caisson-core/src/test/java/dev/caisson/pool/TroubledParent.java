package dev.caisson.pool;

import dev.caisson.PayloadTooLargeException;
import dev.caisson.PoolBrokenException;
import dev.caisson.ProcessPool;
import dev.caisson.TaskFuture;
import dev.caisson.WorkerOutput;
import dev.caisson.testing.Await;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// A program with a pool that gets into trouble of its own. Says on its standard output how it fares.
final class TroubledParent {

    /// Below a quarter of the heap: what `maxResult` is by default.
    private static final int RESULT_BYTES = 10_000_000;

    private TroubledParent() {}

    /// Runs one trouble.
    ///
    /// @param arguments which, and after how many milliseconds it ends
    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "descriptors" -> runOutOfDescriptors();
            case "memory" -> runOutOfMemory();
            case "pause" -> beStopped();
            case "one" -> runOne();
            case "hook" -> submitInAHook();
            case "young" -> {
                var _ = ProcessPool.create(2);
                Thread.sleep(Long.parseLong(arguments[1]));
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void runOutOfDescriptors() throws Exception {
        var retried = new CountDownLatch(1);
        Logger.getLogger("").addHandler(new RetryHandler(retried));
        try (var pool = open()) {
            pool.submit(() -> 1).get();
            var held = holdAllDescriptors();
            pool.execute(() -> Runtime.getRuntime().halt(9));
            var waiting = List.of(pool.submit(() -> 2), pool.submit(() -> 3));
            retried.await();
            for (var descriptor : held) {
                descriptor.close();
            }
            tell(waiting);
        }
    }

    private static List<Closeable> holdAllDescriptors() {
        var held = new ArrayList<Closeable>();
        try {
            while (true) {
                held.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException noneLeft) {
            return held;
        }
    }

    /// Holds more results than its heap has room for, and lets them go.
    private static void runOutOfMemory() throws Exception {
        try (var pool = ProcessPool.builder()
                .workers(2)
                .maxHeap("128m")
                .output(WorkerOutput.discard())
                .build()) {
            holdResults(pool);
            System.out.println("value " + pool.submit(() -> 2).get(20, TimeUnit.SECONDS));
            System.out.println(
                    "large " + pool.submit(() -> new byte[RESULT_BYTES]).get(20, TimeUnit.SECONDS).length);
        }
        System.out.println("closed");
    }

    private static void holdResults(ProcessPool pool) throws Exception {
        var held = new ArrayList<TaskFuture<byte[]>>();
        for (int number = 0; number < 8; number++) {
            held.add(pool.submit(() -> new byte[RESULT_BYTES]));
        }
        for (var future : held) {
            Await.until("it has ended", future::isDone); // to get one would make another copy of it
        }
        System.out.println("some failed: " + (pool.snapshot().ledger().failed() > 0));
        String text = "";
        while (!held.isEmpty()) {
            try {
                var ignored = held.removeLast().get();
            } catch (ExecutionException failed) {
                text = failed.getCause() instanceof PayloadTooLargeException tooLarge ? tooLarge.getMessage() : text;
            }
        }
        System.out.println(text);
    }

    private static void beStopped() throws Exception {
        try (var pool = ProcessPool.builder()
                .workers(1)
                .silenceLimit(Duration.ofMillis(800))
                .timeLimit(Duration.ofSeconds(60))
                .output(WorkerOutput.discard())
                .build()) {
            pool.submit(() -> 1).get();
            var pid = pool.submit(Deeds::pid).get();
            System.out.println("ready");
            System.in.read();
            var same = pool.submit(Deeds::pid).get();
            System.out.println(same.equals(pid) ? "same worker" : "another worker");
        }
    }

    private static void runOne() throws Exception {
        try (var pool = open()) {
            tell(List.of(pool.submit(() -> 1)));
        } catch (PoolBrokenException brokenAlready) {
            System.out.println(brokenAlready);
        }
    }

    private static void submitInAHook() throws Exception {
        var closed = open();
        closed.close();
        var used = open();
        used.submit(() -> 1).get();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            System.out.println("closed: " + attempt(closed));
            System.out.println("used: " + attempt(used));
            used.close();
        }));
    }

    private static String attempt(ProcessPool pool) {
        try {
            return "value " + pool.submit(() -> 2).join();
        } catch (RejectedExecutionException refused) {
            return "refused";
        }
    }

    private static ProcessPool open() {
        return ProcessPool.builder()
                .workers(1)
                .restartLimit(0, Duration.ofSeconds(30))
                .output(WorkerOutput.discard())
                .build();
    }

    private static void tell(List<TaskFuture<Integer>> futures) {
        for (var future : futures) {
            System.out.println(future.handle((value, error) -> error == null ? "value " + value : String.valueOf(error))
                    .toCompletableFuture()
                    .join());
        }
    }

    private static final class RetryHandler extends Handler {

        private final CountDownLatch retried;

        RetryHandler(CountDownLatch retried) {
            this.retried = retried;
        }

        @Override
        public void publish(LogRecord record) {
            if (record.getMessage().contains("tries again")) {
                retried.countDown();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
