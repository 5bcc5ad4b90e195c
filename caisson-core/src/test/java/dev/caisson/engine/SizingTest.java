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
        assertThat(sizing.mayLeave(4)).isFalse();
    }

    @Test
    void launchesByDemandWhenIdleWorkersLeave() {
        var sizing = new Sizing(new Settings().workers(4).idleLimitNanos(1).build());
        sizing.start();

        assertThat(sizing.missing(PoolPhase.RUNNING, 0, 0, 0)).isZero();
        assertThat(sizing.missing(PoolPhase.RUNNING, 1, 1, 3)).isEqualTo(2);
        assertThat(sizing.missing(PoolPhase.RUNNING, 3, 0, 100)).isEqualTo(1);
        assertThat(sizing.mayLeave(1)).isTrue();
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
    void keepsSparesAboveTheWorkersWhileThePoolRuns() {
        var sizing = new Sizing(new Settings().workers(4).spares(2).build());
        assertThat(sizing.mostPlaces(PoolPhase.RUNNING, true)).isEqualTo(4);
        sizing.start();

        assertThat(sizing.mostPlaces(PoolPhase.RUNNING, false)).isEqualTo(6);
        assertThat(sizing.missing(PoolPhase.RUNNING, 4, 4, 0)).isEqualTo(2);
        assertThat(sizing.missing(PoolPhase.RUNNING, 6, 2, 9)).isZero();
        assertThat(sizing.mostPlaces(PoolPhase.CLOSING, true)).isEqualTo(4);
        assertThat(sizing.needed(PoolPhase.RUNNING, 0)).isEqualTo(4);
    }

    @Test
    void keepsASpareReadyBesideTheWorkAlsoWhenIdleWorkersLeave() {
        var sizing =
                new Sizing(new Settings().workers(4).spares(1).idleLimitNanos(1).build());
        sizing.start();

        assertThat(sizing.missing(PoolPhase.RUNNING, 0, 0, 0)).isEqualTo(1);
        assertThat(sizing.missing(PoolPhase.RUNNING, 2, 0, 0)).isEqualTo(1);
        assertThat(sizing.missing(PoolPhase.RUNNING, 2, 1, 1)).isEqualTo(1);
        assertThat(sizing.mayLeave(1)).isFalse();
        assertThat(sizing.mayLeave(2)).isTrue();
    }

    @Test
    void neverAsksForFewerThanNone() {
        var sizing = new Sizing(new Settings().workers(4).build());
        sizing.start();
        sizing.resize(1);

        assertThat(sizing.missing(PoolPhase.RUNNING, 4, 0, 9)).isZero();
    }
}
