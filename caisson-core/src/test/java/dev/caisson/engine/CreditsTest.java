package dev.caisson.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CreditsTest {

    private final Credits credits = new Credits();

    @Test
    void sendsNothingAheadBeforeATaskHasEnded() {
        assertThat(credits.perWorker()).isEqualTo(1);
    }

    @Test
    void fillsAMillisecondWithShortTasks() {
        credits.taskEnded(100_000);

        assertThat(credits.perWorker()).isEqualTo(10);
    }

    @Test
    void boundsWhatIsInFlightHoweverShortTasksAre() {
        credits.taskEnded(0);

        assertThat(credits.perWorker()).isEqualTo(Credits.MOST);
    }

    @Test
    void sendsNothingAheadOnceALongTaskWasSeen() {
        credits.taskEnded(10_000);
        credits.taskEnded(1_000_000_000);

        assertThat(credits.perWorker()).isEqualTo(1);
    }

    @Test
    void takesNoHarmFromATimeBelowZero() {
        credits.taskEnded(-1_000_000);
        credits.taskEnded(400_000);

        assertThat(credits.perWorker()).isEqualTo(20);
    }
}
