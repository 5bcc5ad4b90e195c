package dev.caisson.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RestartPolicyTest {

    private static final long MILLISECOND = 1_000_000;

    private final RestartPolicy policy = new RestartPolicy(3, 1_000 * MILLISECOND);

    @Test
    void allowsSoManyDeathsInTheWindowAndNotOneMore() {
        assertThat(policy.workerDied(0)).isTrue();
        assertThat(policy.workerDied(1)).isTrue();
        assertThat(policy.workerDied(2)).isTrue();
        assertThat(policy.workerDied(3)).isFalse();
    }

    @Test
    void forgetsDeathsThatLeftTheWindow() {
        for (int i = 0; i < 10; i++) {
            assertThat(policy.workerDied(i * (400 * MILLISECOND))).isTrue();
        }
    }

    @Test
    void replacesTheFirstAtOnceThenWaitsTwiceAsLongEachTime() {
        policy.workerDied(0);
        assertThat(policy.waitNanos(0)).isZero();
        policy.workerDied(0);
        assertThat(policy.waitNanos(0)).isEqualTo(100 * MILLISECOND);
        policy.workerDied(0);
        assertThat(policy.waitNanos(50 * MILLISECOND)).isEqualTo(150 * MILLISECOND);
        assertThat(policy.waitNanos(200 * MILLISECOND)).isZero();
    }

    @Test
    void neverWaitsLongerThanFiveSeconds() {
        var patient = new RestartPolicy(1_000, Long.MAX_VALUE);
        for (int i = 0; i < 100; i++) {
            patient.workerDied(0);
        }

        assertThat(patient.waitNanos(0)).isEqualTo(5_000 * MILLISECOND);
    }
}
