package dev.caisson.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LeftoversTest {

    private final Leftovers leftovers = new Leftovers();

    @Test
    void tellsProcesses() throws Exception {
        var process = new ProcessBuilder("sleep", "1000").start();

        assertThat(leftovers.processes(List.of()))
                .anyMatch(line -> line.contains(Long.toString(process.pid())) && line.contains("sleep 1000"));

        process.destroyForcibly().waitFor();
        Await.until("it is gone", () -> leftovers.processes(List.of()).isEmpty());
    }

    @Test
    void tellsThreadsOfPoolsWithTheirStacks() throws Exception {
        var end = new CountDownLatch(1);
        var thread = Thread.ofPlatform().name("caisson-7-timer").start(() -> awaitQuietly(end));
        Await.until("it waits", () -> thread.getState() == Thread.State.WAITING);

        assertThat(leftovers.threads(List.of()))
                .singleElement()
                .asString()
                .contains("caisson-7-timer")
                .contains("awaitQuietly");

        end.countDown();
        thread.join();
        assertThat(leftovers.threads(List.of())).isEmpty();
    }

    @Test
    void tellsFoldersOfPools() throws Exception {
        var folder = Files.createDirectory(Path.of(
                System.getProperty("java.io.tmpdir"),
                "caisson-" + ProcessHandle.current().pid() + "-0123456789"));

        assertThat(leftovers.folders(List.of())).containsExactly(folder.toString());

        Files.delete(folder);
        assertThat(leftovers.folders(List.of())).isEmpty();
    }

    @Test
    void tellsWhatNobodyCaught() throws Exception {
        var before = Thread.getDefaultUncaughtExceptionHandler();
        leftovers.watchThreads();
        try {
            Thread.ofVirtual()
                    .start(() -> {
                        throw new IllegalStateException("nobody catches this");
                    })
                    .join();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }

        assertThat(leftovers.uncaught()).singleElement().asString().contains("nobody catches this");
        assertThat(leftovers.uncaught()).isEmpty();
    }

    @Test
    void tellsALeftoverOnce() throws Exception {
        var end = new CountDownLatch(1);
        var thread = Thread.ofPlatform().name("caisson-7-timer").start(() -> awaitQuietly(end));

        leftovers.told(List.of());

        assertThat(leftovers.threads(List.of())).isEmpty();
        end.countDown();
        thread.join();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }
}
