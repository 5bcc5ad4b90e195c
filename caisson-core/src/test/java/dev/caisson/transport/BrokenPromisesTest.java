package dev.caisson.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BrokenPromisesTest {

    private static final long SECOND = 1_000_000_000L;

    private final BrokenPromises promises = new BrokenPromises();
    private final SentTask task = new SentTask(1, 1, 0, 10);

    @Test
    void givesAResultThreeSecondsAndABeginThirty() {
        assertThat(promises.brokenForSeconds(task, true, 0)).isNegative();
        assertThat(promises.brokenForSeconds(task, true, 3 * SECOND - 1)).isNegative();
        assertThat(promises.brokenForSeconds(task, true, 3 * SECOND)).isEqualTo(3);

        assertThat(promises.brokenForSeconds(task, false, 4 * SECOND)).isNegative();
        assertThat(promises.brokenForSeconds(task, false, 33 * SECOND)).isNegative();
        assertThat(promises.brokenForSeconds(task, false, 34 * SECOND)).isEqualTo(30);
    }

    @Test
    void beginsAnewWithEachItemAndWheneverAllIsWell() {
        assertThat(promises.brokenForSeconds(task, true, 0)).isNegative();
        task.nextItem++;
        assertThat(promises.brokenForSeconds(task, true, 5 * SECOND)).isNegative();

        promises.kept();
        assertThat(promises.brokenForSeconds(task, true, 10 * SECOND)).isNegative();
        assertThat(promises.brokenForSeconds(new SentTask(2, 2, 0, 1), true, 20 * SECOND))
                .isNegative();
    }
}
