package dev.caisson.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.testing.Await;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StackReportTest {

    @Test
    @Tag("Q45")
    void showsWhereThreadsWaitForEachOther() throws InterruptedException {
        var lock = new ReentrantLock();
        var end = new CountDownLatch(1);
        var holder = new Thread(() -> holdUntil(lock, end), "holder");
        holder.start();
        Await.until("the lock is held", lock::isLocked);
        var waiter = new Thread(() -> waitFor(lock), "waiter");
        waiter.start();
        Await.until("it waits", lock::hasQueuedThreads);

        var report = StackReport.of(waiter);

        end.countDown();
        holder.join();
        waiter.join();
        assertThat(report)
                .startsWith("\"waiter\" WAITING\n")
                .contains("StackReportTest.waitFor(StackReportTest.java:")
                .contains("\"holder\" WAITING\n")
                .contains("StackReportTest.holdUntil(StackReportTest.java:")
                .doesNotContain("app//");
    }

    private static void holdUntil(ReentrantLock lock, CountDownLatch end) {
        lock.lock();
        try {
            end.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private static void waitFor(ReentrantLock lock) {
        lock.lock();
        try {
            Thread.onSpinWait();
        } finally {
            lock.unlock();
        }
    }

    @Test
    void leavesOutTheMiddleOfADeepStackAndTheWorkersOwnFrames() {
        var stack = new StackTraceElement[1003];
        Arrays.fill(stack, new StackTraceElement("com.example.Parser", "descend", "Parser.java", 17));
        stack[1000] = new StackTraceElement("com.example.Main", "start", "Main.java", 3);
        stack[1001] = new StackTraceElement("dev.caisson.TaskContext", "call", "TaskContext.java", 60);
        stack[1002] = new StackTraceElement("dev.caisson.worker.TaskLoop", "run", "TaskLoop.java", 5);
        var text = new StringBuilder();

        StackText.append(text, stack, 40);

        assertThat(text.toString().lines()).hasSize(41);
        assertThat(text)
                .contains("    ... 961 more frames ...\n")
                .endsWith("    at com.example.Main.start(Main.java:3)\n");
    }
}
