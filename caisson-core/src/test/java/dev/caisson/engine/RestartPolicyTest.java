package dev.caisson.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {

    private static final long MILLISECOND = 1_000_000;

    private final RestartPolicy policy = new RestartPolicy(3, 1_000 * MILLISECOND);

    @Test
    @Tag("I34")
    @Tag("row-17")
    void allowsSoManyDeathsInTheWindowAndNotOneMore() {
        assertThat(policy.workerDied(0, true)).isTrue();
        assertThat(policy.workerDied(1, true)).isTrue();
        assertThat(policy.workerDied(2, true)).isTrue();
        assertThat(policy.workerDied(3, true)).isFalse();
    }

    @Test
    @Tag("I34")
    void forgetsDeathsThatLeftTheWindow() {
        for (int i = 0; i < 10; i++) {
            assertThat(policy.workerDied(i * (400 * MILLISECOND), true)).isTrue();
        }
    }

    @Test
    void forgetsNothingWhileNoWorkerIsReady() {
        for (int minute = 0; minute < 3; minute++) {
            assertThat(policy.workerDied(minute * (60_000 * MILLISECOND), false))
                    .isTrue();
        }

        assertThat(policy.workerDied(3 * 60_000 * MILLISECOND, false)).isFalse();
    }

    @Test
    void replacesTheFirstAtOnceThenWaitsTwiceAsLongEachTime() {
        policy.workerDied(0, true);
        assertThat(policy.waitNanos(0, true)).isZero();
        policy.workerDied(0, true);
        assertThat(policy.waitNanos(0, true)).isEqualTo(100 * MILLISECOND);
        policy.workerDied(0, true);
        assertThat(policy.waitNanos(50 * MILLISECOND, true)).isEqualTo(150 * MILLISECOND);
        assertThat(policy.waitNanos(200 * MILLISECOND, true)).isZero();
    }

    @Test
    void neverWaitsLongerThanFiveSeconds() {
        var patient = new RestartPolicy(1_000, Long.MAX_VALUE);
        for (int i = 0; i < 100; i++) {
            patient.workerDied(0, true);
        }

        assertThat(patient.waitNanos(0, true)).isEqualTo(5_000 * MILLISECOND);
    }
}
