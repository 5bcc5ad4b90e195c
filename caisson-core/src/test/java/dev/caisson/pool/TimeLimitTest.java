package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.ProcessPool;
import dev.caisson.TaskContext;
import dev.caisson.TaskFuture;
import dev.caisson.TaskOptions;
import dev.caisson.TaskTimeoutException;
import dev.caisson.TaskTimeoutException.Limit;
import dev.caisson.testing.Await;
import dev.caisson.testing.Gate;
import dev.caisson.testing.Pools;
import dev.caisson.testing.RunningProcess;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeLimitTest {

    private static final TaskOptions SHORT = TaskOptions.DEFAULT.withTimeLimit(Duration.ofMillis(200));
    private static final TaskOptions SOFT = TaskOptions.DEFAULT.withSoftTimeLimit(Duration.ofMillis(100));

    private static ProcessPool pool;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open(Pools pools) throws Exception {
        pool = pools.open(1);
        pool.submit(() -> 1).get();
    }

    @Test
    @Tag("G01")
    @Tag("G02")
    @Tag("G03")
    @Tag("G09")
    @Tag("row-11")
    void killsTheWorkerOfAnEndlessLoop() throws Exception {
        var future = pool.submit(Deeds::spin, SHORT.withLabel("parse a.pdf"));
        long pid = Deeds.begun(future);

        var timeout = timeoutOf(future);

        assertThat(timeout.limit()).isEqualTo(Limit.HARD);
        assertThat(timeout.elapsed()).isBetween(Duration.ofMillis(200), Duration.ofSeconds(3));
        assertThat(timeout).hasMessageContaining("parse a.pdf").hasMessageContaining("pid " + pid);
        assertThat(RunningProcess.isRunning(pid)).isFalse();
        assertThat(pool.submit(Deeds::pid).get()).isNotEqualTo(pid);
    }

    @Test
    @Tag("Q45")
    void showsTheStackInWhichTheTaskHung() {
        var timeout = timeoutOf(pool.submit(Deeds::spin, SHORT));

        assertThat(timeout.workerStack()).anyMatch(line -> line.contains("Deeds.spin"));
        var printed = new StringWriter();
        new ExecutionException(timeout).printStackTrace(new PrintWriter(printed, true));
        assertThat(printed.toString()).contains("Deeds.spin");
    }

    @Test
    void saysThatItIsADeadlock() {
        var timeout = timeoutOf(pool.submit(Deeds::deadlock, TaskOptions.DEFAULT.withTimeLimit(Duration.ofSeconds(2))));

        assertThat(timeout.workerStack().getFirst())
                .contains("Deadlock: ", "\"other side\" waits for ", "held by \"caisson-worker-");
        assertThat(timeout).hasMessageContaining("It is a deadlock").hasMessageContaining("\"other side\"");
        assertThat(timeout.workerStack()).anyMatch(line -> line.contains("Deeds.deadlock"));
    }

    @Test
    void tellsATimeOutOfTheFirstTaskOfAWorkerFromOthers() {
        long pid = pool.submit(Deeds::pid).join();
        pool.terminateWorker(pid);
        var first = timeoutOf(pool.submit(Deeds::spin, SHORT));

        assertThat(first.firstTask()).isTrue();
        assertThat(first)
                .hasMessageContaining("It was the first task of this worker, which got ")
                .hasMessageContaining(" of CPU in ");
    }

    @Test
    void liftsThePoolsLimitsForOneTask(Pools pools) throws Exception {
        var limited = pools.open(
                builder -> builder.workers(1).timeLimit(Duration.ofMillis(1)).softTimeLimit(Duration.ofNanos(1)));

        assertThat(limited.submit(
                                () -> {
                                    Thread.sleep(100);
                                    return TaskContext.current().remaining();
                                },
                                TaskOptions.DEFAULT.withoutTimeLimit().withoutSoftTimeLimit())
                        .get())
                .isEqualTo(TaskOptions.UNLIMITED);
    }

    @Test
    @Tag("G03")
    void killsTheWorkerOfATaskThatSwallowsInterrupts() {
        var options = SOFT.withTimeLimit(Duration.ofMillis(300));

        var timeout = timeoutOf(pool.submit(Deeds::swallowInterrupts, options));

        assertThat(timeout.limit()).isEqualTo(Limit.HARD);
        assertThat(timeout.workerStack()).anyMatch(line -> line.contains("Deeds.swallowInterrupts"));
    }

    @Test
    @Tag("G06")
    void leavesATaskAloneThatEndsInTime() throws Exception {
        long pid = pool.submit(Deeds::pid).get();

        assertThat(pool.submit(Deeds::pid, TaskOptions.DEFAULT.withTimeLimit(Duration.ofSeconds(30)))
                        .get())
                .isEqualTo(pid);
    }

    @Test
    @Tag("Q20")
    void takesVeryShortAndVeryLongLimits() throws Exception {
        var shortest = TaskOptions.DEFAULT.withTimeLimit(Duration.ofNanos(1));
        var longest = TaskOptions.DEFAULT.withTimeLimit(Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(timeoutOf(pool.submit(Deeds::hang, shortest)).limit()).isEqualTo(Limit.HARD);
        assertThat(pool.submit(() -> 1, longest).get()).isEqualTo(1);
    }

    @Test
    @Tag("G07")
    @Tag("row-12")
    void takesWhatATaskReturnsAfterItsInterrupt() throws Exception {
        var future = pool.submit(TimeLimitTest::partWhenInterrupted, SOFT);

        assertThat(future.get()).isEqualTo("a part, cancelled: true");
    }

    private static String partWhenInterrupted() {
        try {
            new CountDownLatch(1).await();
            return "never";
        } catch (InterruptedException interrupt) {
            return "a part, cancelled: " + TaskContext.current().cancelled();
        }
    }

    @Test
    @Tag("G07")
    void timesOutWhenATaskThrowsAfterItsInterrupt() throws Exception {
        long pid = pool.submit(Deeds::pid).get();

        var timeout = timeoutOf(pool.submit(Deeds::hang, SOFT));

        assertThat(timeout.limit()).isEqualTo(Limit.SOFT);
        assertThat(timeout).hasCauseInstanceOf(InterruptedException.class);
        assertThat(pool.submit(Deeds::pid).get()).as("the worker lives on").isEqualTo(pid);
    }

    @Test
    @Tag("G07")
    void namesWhatATaskThrewAfterItsInterruptThoughItCantTravel() throws Exception {
        var timeout = timeoutOf(pool.submit(TimeLimitTest::failWhenInterrupted, SOFT));

        assertThat(timeout).hasMessageContaining("by throwing " + Untravelled.class.getName() + " in worker");
    }

    private static String failWhenInterrupted() throws Untravelled {
        try {
            new CountDownLatch(1).await();
            return "never";
        } catch (InterruptedException interrupt) {
            throw new Untravelled();
        }
    }

    private static final class Untravelled extends Exception {

        private static final long serialVersionUID = 1L;

        // No object of its kind can be written.
        private final transient Thread here = Thread.currentThread();

        private void writeObject(ObjectOutputStream out) throws IOException {
            throw new NotSerializableException(here.getName());
        }
    }

    @Test
    void letsNoInterruptReachTheNextTask() throws Exception {
        for (int round = 0; round < 5; round++) {
            timeoutOf(pool.submit(Deeds::hang, SOFT.withSoftTimeLimit(Duration.ofMillis(10))));
            assertThat(pool.submit(() -> Thread.currentThread().isInterrupted()).get())
                    .isFalse();
        }
    }

    @Test
    @Tag("G08")
    void refusesASoftLimitThatIsNotShorter() {
        var options = TaskOptions.DEFAULT.withTimeLimit(Duration.ofSeconds(1)).withSoftTimeLimit(Duration.ofSeconds(1));

        assertThatThrownBy(() -> pool.submit(() -> 1, options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("softTimeLimit");
    }

    @Test
    @Tag("G11")
    @Tag("row-13")
    void endsATaskThatWaitedTooLongAndNeverRunsIt() throws Exception {
        var gate = Gate.in(folder, "gate");
        var never = Gate.in(folder, "never");
        var running = pool.submit(() -> gate.await());
        Deeds.begun(running);

        var future = pool.submit(() -> never.open(), TaskOptions.DEFAULT.withQueueTimeLimit(Duration.ofMillis(50)));

        assertThat(timeoutOf(future).limit()).isEqualTo(Limit.QUEUE);
        assertThat(future.attempts()).isZero();
        gate.open();
        running.get();
        pool.submit(() -> 1).get();
        assertThat(never.isOpen()).isFalse();
    }

    @Test
    @Tag("Q18")
    @Tag("row-11")
    void countsALimitFromTheBeginningOfATask() throws Exception {
        var gate = Gate.in(folder, "gate");
        var running = pool.submit(() -> gate.await());
        Deeds.begun(running);
        var limited = pool.submit(() -> 1, TaskOptions.DEFAULT.withTimeLimit(Duration.ofSeconds(1)));

        Await.until(
                "the limit has passed while the task waited",
                () -> limited.timing().total().isPresent()
                        || Instant.now().isAfter(limited.timing().submittedAt().plusMillis(1100)));
        gate.open();

        assertThat(limited.get()).isEqualTo(1);
    }

    @Test
    @Tag("G04")
    void leavesOtherRunningTasksAlone(Pools pools) throws Exception {
        var own = pools.open(2);
        var gate = Gate.in(folder, "gate");
        var other = own.submit(() -> {
            gate.await();
            return Deeds.pid();
        });
        long pid = Deeds.begun(other);

        timeoutOf(own.submit(Deeds::hang, SHORT));
        gate.open();

        assertThat(other.get()).isEqualTo(pid);
    }

    @Test
    void limitsEveryTaskOfAPool(Pools pools) {
        var own = pools.open(builder -> builder.timeLimit(Duration.ofMillis(100)));

        assertThat(timeoutOf(own.submit(Deeds::spin)).limit()).isEqualTo(Limit.HARD);
    }

    @Test
    @Tag("Q31")
    void killsWhatATimedOutTaskHasStarted() {
        var pidFile = folder.resolve("pid").toString();

        timeoutOf(pool.submit(() -> startAndHang(pidFile), TaskOptions.DEFAULT.withTimeLimit(Duration.ofSeconds(1))));

        var child = Long.parseLong(text(pidFile));
        Await.until("the child is gone", Duration.ofSeconds(2), () -> !RunningProcess.isRunning(child));
    }

    private static void startAndHang(String pidFile) throws Exception {
        var child = new ProcessBuilder("setsid", "sleep", "1000").inheritIO().start();
        Deeds.note(pidFile, child.pid());
        child.waitFor();
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static TaskTimeoutException timeoutOf(TaskFuture<?> future) {
        assertThatThrownBy(() -> future.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TaskTimeoutException.class);
        return (TaskTimeoutException) future.exceptionNow();
    }
}
