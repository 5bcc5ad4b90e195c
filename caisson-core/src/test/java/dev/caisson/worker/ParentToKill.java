package dev.caisson.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// A parent in a process of its own, with a worker that has a child and runs a task: for tests that kill it.
final class ParentToKill implements AutoCloseable {

    private final Process process;
    private final BufferedReader lines;

    private ParentToKill(Process process) {
        this.process = process;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
    }

    static ParentToKill start() throws IOException {
        return new ParentToKill(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ParentToKill.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /// Tells the worker, its child, and the pool's folder.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var worker = LiveWorker.start();
        worker.submit(() -> new ProcessBuilder("sleep", "1000").start().pid());
        var child = worker.awaitResult();
        worker.submit(() -> {
            new CountDownLatch(1).await();
        });
        System.out.println(worker.process.pid());
        System.out.println(child);
        System.out.println(worker.folder);
        new CountDownLatch(1).await();
    }

    String line() throws IOException {
        var line = lines.readLine();
        if (line == null) {
            throw new AssertionError("The parent ended");
        }
        return line;
    }

    ProcessHandle processOfLine() throws IOException {
        return ProcessHandle.of(Long.parseLong(line())).orElseThrow();
    }

    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() throws IOException {
        kill();
        lines.close();
    }
}
