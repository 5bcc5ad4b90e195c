package dev.caisson.chaos;

import dev.caisson.ProcessPool;
import dev.caisson.TaskFuture;
import dev.caisson.WorkerOutput;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A program whose pool's own threads fail, each at one place. Says how its tasks ended.
final class BrittleParent {

    private static final String MEMORY = "-memory";

    private BrittleParent() {}

    /// Plants a failure at each of the places.
    ///
    /// @param points names of fault points, with `-memory` behind those that are to run out of memory
    public static void main(String[] points) throws Exception {
        for (var point : points) {
            try (var pool = ProcessPool.builder()
                    .workers(1)
                    .maxHeap("32m")
                    .output(WorkerOutput.discard())
                    .build()) {
                ThrowingFault.arm(point.replace(MEMORY, ""), point.endsWith(MEMORY));
                var futures = List.of(
                        pool.submit(Work.square(2)),
                        pool.submit(() -> Runtime.getRuntime().halt(1)),
                        pool.submit(Work.square(3)));
                for (var future : futures) {
                    System.out.println(point + " " + ending(future));
                }
                System.out.println(point + " thrown " + ThrowingFault.hasThrown());
                System.out.println(point + " after " + ending(pool.submit(Work.square(4))));
                pool.close(Duration.ofSeconds(5));
            }
        }
    }

    private static String ending(TaskFuture<?> future) throws InterruptedException {
        try {
            return "value " + future.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            return future.exceptionNow().getClass().getSimpleName();
        } catch (TimeoutException hangs) {
            return "hangs";
        }
    }
}
