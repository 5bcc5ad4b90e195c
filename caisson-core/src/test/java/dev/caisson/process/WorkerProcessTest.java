package dev.caisson.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.caisson.OutputLine;
import dev.caisson.OutputLine.Source;
import dev.caisson.WorkerInfo;
import dev.caisson.WorkerOutput;
import dev.caisson.spi.LaunchCommand;
import dev.caisson.testing.RunningProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
final class WorkerProcessTest {

    private static final String THREADS = "test-worker";
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Path base;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final List<OutputLine> seen = Collections.synchronizedList(new ArrayList<>());
    private final List<WorkerProcess> started = new ArrayList<>();
    private final PoolFolder folder;

    WorkerProcessTest(@TempDir Path base) throws IOException {
        this.base = base;
        folder = PoolFolder.createIn(base);
    }

    @AfterEach
    void leaveNothing() {
        started.forEach(WorkerProcess::kill);
        assertThat(Eventually.holds(LIMIT, () -> started.stream().allMatch(worker -> Eventually.isGone(worker.pid()))))
                .as("all processes are gone")
                .isTrue();
        assertThat(Eventually.holds(LIMIT, WorkerProcessTest::hasNoThreads))
                .as("all threads have ended")
                .isTrue();
        executor.shutdownNow();
        folder.close();
        assertThat(folder.path()).doesNotExist();
    }

    @Test
    @Tag("O02")
    void tellsTheExitCode() throws Exception {
        var worker = shell("exit 7");

        assertThat(worker.exited().get(5, SECONDS)).isEqualTo(new ExitCode(7));
    }

    @Test
    @Tag("O02")
    void tellsTheSignal() throws Exception {
        var worker = shell("kill -TERM $$");

        assertThat(worker.exited().get(5, SECONDS).signal()).hasValue("SIGTERM");
    }

    @Test
    void readsOutputByLineAndTask() throws Exception {
        var worker = shell("printf 'start\\n\\033_caisson;7\\033\\\\seven\\n'; echo wrong >&2");
        worker.delivered().get(5, SECONDS);

        assertThat(seen)
                .extracting(OutputLine::source, OutputLine::taskId, OutputLine::text)
                .containsExactlyInAnyOrder(
                        tuple(Source.OUT, OptionalLong.empty(), "start"),
                        tuple(Source.OUT, OptionalLong.of(7), "seven"),
                        tuple(Source.ERR, OptionalLong.empty(), "wrong"));
        assertThat(seen).extracting(line -> line.worker().pid()).containsOnly(worker.pid());
        assertThat(worker.outputTail()).containsExactlyInAnyOrder("start", "seven", "wrong");
    }

    @Test
    @Tag("E15")
    void keepsWhatAHaltedJvmPrintedWithoutALineFeed() throws Exception {
        var worker = jvm("halt", "5");
        worker.drained().get(10, SECONDS);

        assertThat(worker.exited().get().value()).isEqualTo(5);
        assertThat(worker.outputTail()).containsExactly("no line feed");
    }

    @Test
    @Tag("Q34")
    void survivesRubbishAndFloods() throws Exception {
        var worker = shell("head -c 20000000 /dev/urandom; echo; echo end");
        worker.drained().get(10, SECONDS);

        assertThat(worker.outputTail()).last().isEqualTo("end");
        assertThat(worker.exited().get().value()).isZero();
    }

    @Test
    void isNotBlockedByASlowConsumer() throws Exception {
        var gate = new CountDownLatch(1);
        var worker = start(command("seq 100000"), line -> await(gate));

        worker.drained().get(10, SECONDS);
        assertThat(worker.outputTail()).last().isEqualTo("100000");
        assertThat(worker.delivered()).isNotDone();

        gate.countDown();
        worker.delivered().get(10, SECONDS);
    }

    @Test
    void givesItsInputNothing() throws Exception {
        var worker = shell("read line; echo \"got $line $?\"");
        assertThat(worker.write("word".getBytes(UTF_8))).isTrue();
        worker.drained().get(5, SECONDS);

        assertThat(worker.outputTail()).as("what is written, then the end").containsExactly("got word 1");
    }

    @Test
    @Tag("K17")
    @Tag("M06")
    @Tag("row-42")
    void killsTheWholeTree() throws Exception {
        var worker = jvm("family");
        var child = firstNumber(worker);

        worker.kill();
        worker.kill();

        assertThat(worker.exited().get(5, SECONDS).signal()).hasValue("SIGKILL");
        assertThat(Eventually.holds(LIMIT, () -> Eventually.isGone(child))).isTrue();
    }

    @Test
    @Tag("Q15")
    void killsAStoppedProcess() throws Exception {
        var worker = shell("echo 1; kill -STOP $$");
        firstNumber(worker);

        worker.kill();

        assertThat(worker.exited().get(5, SECONDS).signal()).hasValue("SIGKILL");
    }

    @Test
    void keepsTheLastLinesOfAKilledProcess() throws Exception {
        var worker = shell("printf '1\\nlast'; exec sleep 300"); // one write: whoever sees the first line has both
        firstNumber(worker);

        worker.kill();
        worker.drained().get(5, SECONDS);

        assertThat(worker.outputTail()).containsExactly("1", "last");
    }

    @Test
    void killsWhatADeadWorkerLeftBehind() throws Exception {
        var worker = shell("setsid sleep 300 & echo $!; exit 1");
        worker.drained().get(5, SECONDS);
        var child = firstNumber(worker);

        assertThat(worker.exited().get().value()).isEqualTo(1);
        assertThat(Eventually.holds(LIMIT, () -> Eventually.isGone(child))).isTrue();
    }

    @Test
    void doesNotWaitForAStrangerThatHoldsTheOutput() throws Exception {
        var worker = shell("env -i setsid sleep 300 & echo $!; exit 1");
        worker.exited().get(5, SECONDS);
        var exitedAt = System.nanoTime();
        worker.drained().get(5, SECONDS);
        var waited = Duration.ofNanos(System.nanoTime() - exitedAt);
        ProcessHandle.of(firstNumber(worker)).ifPresent(ProcessHandle::destroyForcibly);

        assertThat(waited).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    @Tag("Q13")
    @Tag("I46")
    @Tag("row-15")
    void quotesTheCrashReportOfACrashedJvm() throws Exception {
        var worker = jvm("crash");
        worker.drained().get(10, SECONDS);

        var report = CrashReport.take(folder.path(), worker.pid()).orElseThrow();

        assertThat(worker.exited().get().value()).isEqualTo(1);
        assertThat(report.signal()).hasValue("SIGSEGV");
        assertThat(report.text().lines()).hasSizeLessThanOrEqualTo(15);
        assertThat(report.text()).contains("SIGSEGV", "Problematic frame: ", "TestWorker.crash", "JavaThread \"main\"");
        assertThat(worker.outputTail()).contains("about to crash");
        assertThat(CrashReport.take(folder.path(), worker.pid())).isEmpty();
    }

    @Test
    void failsWhereThereIsNoSuchProgram() {
        var command = new LaunchCommand(List.of("/no/such/program"), Map.of(), Path.of("/"));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> start(command, seen::add))
                .withMessageContaining("/no/such/program");
        assertThat(folder.hasRunningWorkers()).isFalse();
    }

    @Test
    @Tag("O03")
    void tellsTheFolderOfItsLife() throws Exception {
        var worker = shell("exec sleep 300");
        assertThat(folder.hasRunningWorkers()).isTrue();

        worker.kill();
        worker.exited().get(5, SECONDS);

        assertThat(folder.hasRunningWorkers()).isFalse();
    }

    private WorkerProcess shell(String script) throws IOException {
        return start(command(script), seen::add);
    }

    @Test
    void readsOnAfterAConsumerInterruptsItsThread() throws Exception {
        var worker = WorkerProcess.start(
                folder,
                new LocalLauncher(),
                command("for word in a b c; do echo $word; sleep 0.05; done"),
                THREADS,
                pid -> new WorkerInfo(pid, "here", 0, Instant.EPOCH),
                new PrintingTasks(),
                line -> Thread.currentThread().interrupt(),
                Runnable::run);
        started.add(worker);

        assertThat(worker.exited().get(15, SECONDS).value()).isZero();
        worker.drained().get(15, SECONDS);
        assertThat(worker.outputTail()).containsExactly("a", "b", "c");
    }

    @Test
    void killsEvenIfTheChildrenCantBeListed() throws Exception {
        var worker = WorkerProcess.start(
                folder,
                command -> new BlindProcess(new LocalLauncher().launch(command)),
                command("sleep 60 & echo $!; exec sleep 60"),
                THREADS,
                pid -> new WorkerInfo(pid, "here", 0, Instant.EPOCH),
                new PrintingTasks(),
                seen::add,
                executor);
        started.add(worker);
        long child = firstNumber(worker);

        worker.kill();

        assertThat(worker.exited().get(15, SECONDS).signal()).hasValue("SIGKILL");
        worker.drained().get(15, SECONDS);
        assertThat(Eventually.holds(LIMIT, () -> !RunningProcess.isRunning(child)))
                .isTrue();
    }

    private LaunchCommand command(String script) {
        return new LaunchCommand(List.of("/bin/sh", "-c", script), System.getenv(), base);
    }

    private WorkerProcess jvm(String... arguments) throws IOException {
        var command = JvmCommand.of(new WorkerFolder(folder.path(), folder.path(), base), TestWorker.class.getName())
                .withArguments(arguments);
        return start(command.launch(Map.of(), Optional.of(base)), seen::add);
    }

    private WorkerProcess start(LaunchCommand command, WorkerOutput output) throws IOException {
        var worker = WorkerProcess.start(
                folder,
                new LocalLauncher(),
                command,
                THREADS,
                pid -> new WorkerInfo(pid, "here", 0, Instant.EPOCH),
                new PrintingTasks(),
                output,
                executor);
        started.add(worker);
        return worker;
    }

    private static long firstNumber(WorkerProcess worker) {
        assertThat(Eventually.holds(LIMIT, () -> !worker.outputTail().isEmpty()))
                .isTrue();
        return Long.parseLong(worker.outputTail().getFirst());
    }

    private static boolean hasNoThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith(THREADS));
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
