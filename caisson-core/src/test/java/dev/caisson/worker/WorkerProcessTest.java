package dev.caisson.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// A real worker process, as its parent sees it.
class WorkerProcessTest {

    @Test
    void runsTask() throws IOException {
        try (var worker = LiveWorker.start()) {
            worker.submit(() -> 6 * 7);

            assertThat(worker.awaitResult()).isEqualTo(42);
        }
    }
}
