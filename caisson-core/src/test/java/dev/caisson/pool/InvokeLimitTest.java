package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.ProcessPool;
import dev.caisson.Task;
import dev.caisson.testing.Await;
import dev.caisson.testing.Pools;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// `invokeAll` and `invokeAny` with a limit.
class InvokeLimitTest {

    private static ProcessPool pool;

    @BeforeAll
    static void open(Pools pools) throws Exception {
        pool = pools.open(2);
        pool.call(() -> 1);
    }

    @AfterEach
    void leavesNothingOpen() {
        Await.until("nothing is open", () -> pool.snapshot().open() == 0);
    }

    @Test
    void invokesAllUntilTheLimitAndCancelsTheRest() throws Exception {
        var tasks = List.<Callable<Integer>>of(
                serializable(() -> Deeds.hangThenSay(1)),
                serializable(() -> Deeds.hangThenSay(2)),
                serializable(() -> 3));

        var futures = pool.invokeAll(tasks, 50, TimeUnit.MILLISECONDS);

        assertThat(futures).extracting(Future::state).containsOnly(Future.State.CANCELLED);
    }

    @Test
    void keepsWhatWasInTime() throws Exception {
        var futures = pool.invokeAll(
                List.<Callable<Integer>>of(serializable(() -> 1), serializable(() -> 2)), 30, TimeUnit.SECONDS);

        assertThat(futures).extracting(Future::resultNow).containsExactly(1, 2);
    }

    @Test
    void takesAVeryLongLimitForNone() throws Exception {
        assertThat(pool.invokeAll(List.of(serializable(() -> 1)), Long.MAX_VALUE, TimeUnit.DAYS))
                .allMatch(Future::isDone);
        assertThat(pool.invokeAny(List.of(serializable(() -> 1)), Long.MAX_VALUE, TimeUnit.DAYS))
                .isEqualTo(1);
    }

    @Test
    void invokesAnyUntilTheLimitAndCancelsAll() {
        var tasks = List.<Callable<Integer>>of(
                serializable(() -> Deeds.hangThenSay(1)), serializable(() -> Deeds.fail("second")));

        assertThatThrownBy(() -> pool.invokeAny(tasks, 50, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("None of 2 tasks");
    }

    private static <T> Callable<T> serializable(Task<T> task) {
        return task;
    }
}
