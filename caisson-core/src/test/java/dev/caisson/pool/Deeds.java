package dev.caisson.pool;

import dev.caisson.TaskFuture;
import dev.caisson.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;

/// What tests let workers do.
final class Deeds {

    private Deeds() {}

    static long pid() {
        return ProcessHandle.current().pid();
    }

    static int square(int number) {
        return number * number;
    }

    /// Hangs until it is interrupted.
    static void hang() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    static int hangThenSay(int number) throws InterruptedException {
        new CountDownLatch(1).await();
        return number;
    }

    /// Never ends, and never asks for an interrupt.
    static void spin() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    /// Never ends: it and a thread of its own wait for each other.
    static void deadlock() throws InterruptedException {
        var here = new Object();
        var there = new Object();
        var both = new CountDownLatch(2);
        var other = new Thread(() -> lockBoth(there, here, both), "other side");
        other.setDaemon(true);
        other.start();
        lockBoth(here, there, both);
        other.join();
    }

    private static void lockBoth(Object first, Object second, CountDownLatch both) {
        synchronized (first) {
            both.countDown();
            try {
                both.await();
            } catch (InterruptedException early) {
                return;
            }
            synchronized (second) {
                both.countDown();
            }
        }
    }

    /// Never ends, and takes interrupts for nothing.
    @SuppressWarnings("EmptyCatch") // that is what it is about
    static void swallowInterrupts() {
        while (true) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException _) {
            }
        }
    }

    static void killSelf() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-KILL", Long.toString(pid())).start();
        hang();
    }

    static int fail(String message) {
        throw new IllegalStateException(message);
    }

    /// Appends a line to a file that other workers may write to, too.
    static void note(String file, Object text) throws IOException {
        Files.writeString(Path.of(file), text + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /// Waits in the test until a worker has begun a task, and returns that worker's process id.
    static long begun(TaskFuture<?> future) {
        Await.until(future + " has begun", () -> future.worker().isPresent());
        return future.worker().orElseThrow().pid();
    }
}
