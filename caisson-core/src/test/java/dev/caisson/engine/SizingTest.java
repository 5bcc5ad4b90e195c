package dev.caisson.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SizingTest {

    @Test
    void replacesWhoeverIsMissingWhenIdleWorkersStay() {
        var sizing = new Sizing(new Settings().workers(4).build());
        sizing.start();

        assertThat(sizing.missing(PoolPhase.RUNNING, 1, 1, 0)).isEqualTo(3);
        assertThat(sizing.hasSpare(4)).isFalse();
    }

    @Test
    void launchesByDemandWhenIdleWorkersLeave() {
        var sizing = new Sizing(new Settings().workers(4).idleLimitNanos(1).build());
        sizing.start();

        assertThat(sizing.missing(PoolPhase.RUNNING, 0, 0, 0)).isZero();
        assertThat(sizing.missing(PoolPhase.RUNNING, 1, 1, 3)).isEqualTo(2);
        assertThat(sizing.missing(PoolPhase.RUNNING, 3, 0, 100)).isEqualTo(1);
        assertThat(sizing.hasSpare(1)).isTrue();
    }

    @Test
    @Tag("I19")
    void replacesOnlyForWorkWhileItCloses() {
        var sizing = new Sizing(new Settings().workers(4).build());
        sizing.start();

        assertThat(sizing.missing(PoolPhase.CLOSING, 0, 0, 2)).isEqualTo(2);
        assertThat(sizing.missing(PoolPhase.CLOSING, 1, 0, 0)).isZero();
        assertThat(sizing.most(PoolPhase.CLOSING, false)).isZero();
        assertThat(sizing.missing(PoolPhase.BROKEN, 0, 0, 9)).isZero();
    }

    @Test
    void neverAsksForFewerThanNone() {
        var sizing = new Sizing(new Settings().workers(4).build());
        sizing.start();
        sizing.resize(1);

        assertThat(sizing.missing(PoolPhase.RUNNING, 4, 0, 9)).isZero();
    }
}
