package dev.caisson.hostile;

import dev.caisson.ProcessPool;
import dev.caisson.testing.OwnBoard;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/// A young program whose first task cuts the worker's board again and again, while its limits strike.
final class TruncatingProgram {

    private TruncatingProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (var pool = ProcessPool.builder()
                .workers(1)
                .timeLimit(Duration.ofMillis(100))
                .build()) {
            try {
                pool.submit(OwnBoard::truncateAndRestore).get();
            } catch (ExecutionException expected) {
                System.out.println("alive");
            }
        }
    }
}
