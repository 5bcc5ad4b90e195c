package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caisson.ProcessPool;
import dev.caisson.TaskTimeoutException;
import dev.caisson.testing.Pools;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/// Tasks whose classes take longer to load than the tasks may run.
class ColdWorkerTest {

    /// Takes its time in each worker anew.
    private static final class SlowToLoad {

        static {
            long end = System.nanoTime() + 1_500_000_000;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }

        static int answer() {
            return 42;
        }
    }

    @Test
    void losesOneTaskAndNotAWorkerForEach(Pools pools) throws Exception {
        var pool = pools.open(builder ->
                builder.workers(1).timeLimit(Duration.ofSeconds(1)).firstTaskAllowance(Duration.ofSeconds(60)));

        var first = pool.submit(() -> SlowToLoad.answer());
        var second = pool.submit(() -> SlowToLoad.answer());
        var third = pool.submit(() -> SlowToLoad.answer());

        var killed = catchThrowableOfType(ExecutionException.class, first::get).getCause();
        assertThat(killed)
                .isInstanceOfSatisfying(
                        TaskTimeoutException.class,
                        timeout -> assertThat(timeout.firstTask()).isTrue());
        assertThat(second.get()).isEqualTo(42);
        assertThat(third.get()).isEqualTo(42);
        assertThat(third.worker()).isEqualTo(second.worker());
    }

    @Test
    void refusesANegativeAllowance() {
        var builder = ProcessPool.builder().firstTaskAllowance(Duration.ofSeconds(-1));

        assertThat(catchThrowableOfType(IllegalArgumentException.class, builder::build))
                .hasMessageContaining("firstTaskAllowance is PT-1S");
    }
}
