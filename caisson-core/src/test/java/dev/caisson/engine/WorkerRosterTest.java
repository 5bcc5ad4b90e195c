package dev.caisson.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class WorkerRosterTest {

    private final WorkerRoster roster = new WorkerRoster();

    @Test
    @Tag("I09")
    void usesTheLowestFreeSlotWithTheNextGeneration() {
        roster.add(0);
        var second = roster.add(0);
        roster.add(0);

        roster.remove(second);
        var successor = roster.add(0);

        assertThat(successor.slot).isEqualTo(1);
        assertThat(successor.generation).isEqualTo(2);
        assertThat(roster.size()).isEqualTo(3);
    }

    @Test
    void knowsOnlyTheGenerationThatIsThere() {
        var first = roster.add(0);
        roster.remove(first);
        var second = roster.add(0);

        assertThat(roster.find(0, 1)).isNull();
        assertThat(roster.find(0, 2)).isSameAs(second);
        assertThat(roster.find(7, 1)).isNull();
        assertThat(roster.find(-1, 1)).isNull();
    }

    @Test
    void refusesToRemoveAWorkerTwice() {
        var worker = roster.add(0);
        roster.remove(worker);

        assertThatThrownBy(() -> roster.remove(worker)).hasMessage("Worker 0/1 is gone already");
    }

    @Test
    void countsPlacesOnlyOfThoseWhoStay() {
        var leaver = roster.add(0);
        roster.add(0);
        leaver.to(WorkerPhase.STOPPING);
        leaver.holdsPlace = false;

        assertThat(roster.places()).isEqualTo(1);
        assertThat(roster.count(WorkerPhase.STOPPING)).isEqualTo(1);
        assertThat(roster.views())
                .extracting(WorkerView::phase)
                .containsExactly(WorkerPhase.STOPPING, WorkerPhase.LAUNCHING);
    }
}
