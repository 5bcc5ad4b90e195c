package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.caisson.ProcessPool;
import dev.caisson.TaskFuture;
import dev.caisson.TaskOptions;
import dev.caisson.WorkerExitedException;
import dev.caisson.testing.Gate;
import dev.caisson.testing.OwnBoard;
import dev.caisson.testing.Pools;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tasks that write over what their worker shares with the pool, as stray native code does.
class SpoiledBoardTest {

    private static final TaskOptions LIMITED = TaskOptions.DEFAULT.withTimeLimit(Duration.ofMillis(500));

    private static ProcessPool pool;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(1);
    }

    @Test
    void endsATaskThatNeverEndsAtItsLimit() throws Exception {
        assertSpoiled(
                pool.submit(
                        () -> {
                            OwnBoard.overwriteClaims(0x11);
                            Deeds.spin();
                        },
                        LIMITED),
                "was overwritten");
    }

    @Test
    void endsATaskThatReturns() throws Exception {
        assertSpoiled(pool.submit(() -> OwnBoard.overwriteClaims(0)), "was overwritten");
    }

    @Test
    void costsTasksThatWereSentAheadNothing() throws Exception {
        var futures = new ArrayList<TaskFuture<Integer>>();
        for (int number = 0; number < 400; number++) {
            int own = number;
            futures.add(pool.submit(() -> own == 200 ? overwriteAndSay(own) : own));
        }
        assertSpoiled(futures.get(200), "was overwritten");
        for (int number = 0; number < 400; number++) {
            if (number != 200) {
                assertThat(futures.get(number).get(1, TimeUnit.MINUTES)).isEqualTo(number);
            }
        }
    }

    private static int overwriteAndSay(int number) throws IOException {
        OwnBoard.overwriteClaims(0x5a);
        return number;
    }

    @Test
    void killsTheWorkerOfACancelledTask() throws Exception {
        var overwritten = Gate.in(folder, "overwritten");
        var future = pool.submit(() -> {
            OwnBoard.overwriteClaims(-1);
            overwritten.open();
            Deeds.spin();
        });
        overwritten.await();

        assertThat(future.cancel(true)).isTrue();
        assertThat(pool.submit(() -> 5).get(1, TimeUnit.MINUTES)).isEqualTo(5);
    }

    @Test
    void costsTheNeighboursNothingWhenATaskTruncatesIt(Pools pools) throws Exception {
        var gate = Gate.in(folder, "gate");
        var two = pools.open(2);
        var innocent = two.submit(() -> {
            gate.await();
            return "innocent";
        });
        Deeds.begun(innocent);

        assertSpoiled(
                two.submit(
                        () -> {
                            OwnBoard.truncate();
                            Deeds.spin();
                        },
                        LIMITED),
                "truncated");

        gate.open();
        assertThat(innocent.get(1, TimeUnit.MINUTES)).isEqualTo("innocent");
        assertThat(two.submit(() -> 5).get(1, TimeUnit.MINUTES)).isEqualTo(5);
    }

    private static void assertSpoiled(TaskFuture<?> future, String words) {
        var failure = catchThrowable(() -> future.get(1, TimeUnit.MINUTES));

        assertThat(failure.getCause())
                .isInstanceOf(WorkerExitedException.class)
                .hasMessageContaining(".board")
                .hasMessageContaining(words);
    }
}
