package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.Action;
import dev.caisson.WorkerExitedException;
import dev.caisson.process.LocalLauncher;
import dev.caisson.testing.Await;
import dev.caisson.testing.Pools;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The kernel may be long about the end of a process that was killed. Nobody waits for that longer than a second.
@Tag("row-15")
@Tag("row-37")
class LateExitTest {

    private final CountDownLatch told = new CountDownLatch(1);
    private final Diary diary = new Diary();

    @Test
    void failsTheTaskOfAKilledWorkerOfWhoseExitNothingIsHeard(Pools pools) throws Exception {
        var local = new LocalLauncher();
        var pool = pools.open(
                builder -> builder.listener(diary).launcher(command -> new LateProcess(local.launch(command), told)));
        var hanging = pool.submit(Deeds::hang);

        pool.terminateWorker(Deeds.begun(hanging));

        assertThatThrownBy(() -> hanging.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(WorkerExitedException.class)
                .hasMessageContaining("was ended by request")
                .hasMessageContaining("while running task " + hanging.id());
        assertThat(pool.submit(() -> 1).get(20, TimeUnit.SECONDS)).isEqualTo(1);
        told.countDown();
        Await.until("its exit is told", () -> diary.workers().contains("exited REQUESTED"));
        pool.close();

        diary.awaitEnd();
        assertThat(diary.verbsOf(hanging.id(), 0)).containsExactly("submitted", "started", "finished");
        assertThat(diary.workers()).filteredOn("exited REQUESTED"::equals).hasSize(1);
    }

    @Test
    void doesNotTakeAnExitThatIsHeardLateForABreach(Pools pools) {
        var local = new LocalLauncher();
        var pool = pools.open(
                builder -> builder.listener(diary).launcher(command -> new LateProcess(local.launch(command), told)));
        var exiting = pool.submit((Action) () -> System.exit(3));
        CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(told::countDown);

        assertThatThrownBy(() -> exiting.get(20, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(WorkerExitedException.class)
                .hasMessageContaining("called System.exit")
                .hasMessageNotContaining("connection");
    }

    /// A process whose exit is told late.
    private static final class LateProcess extends Process {

        private final Process process;
        private final CountDownLatch told;

        LateProcess(Process process, CountDownLatch told) {
            this.process = process;
            this.told = told;
        }

        @Override
        public int waitFor() throws InterruptedException {
            int code = process.waitFor();
            told.await();
            return code;
        }

        @Override
        public OutputStream getOutputStream() {
            return process.getOutputStream();
        }

        @Override
        public InputStream getInputStream() {
            return process.getInputStream();
        }

        @Override
        public InputStream getErrorStream() {
            return process.getErrorStream();
        }

        @Override
        public int exitValue() {
            return process.exitValue();
        }

        @Override
        public void destroy() {
            process.destroy();
        }

        @Override
        public ProcessHandle toHandle() {
            return process.toHandle();
        }

        @Override
        public long pid() {
            return process.pid();
        }
    }
}
