package dev.caisson.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

/// The three machines have exactly the moves of their tables.
class PhasesTest {

    private static <P extends Enum<P>> List<String> moves(P[] phases, BinaryOperator<P> machine) {
        var moves = new ArrayList<String>();
        for (P from : phases) {
            for (P to : phases) {
                if (allows(machine, from, to)) {
                    moves.add(from + " " + to);
                }
            }
        }
        return moves;
    }

    private static <P extends Enum<P>> boolean allows(BinaryOperator<P> machine, P from, P to) {
        try {
            assertThat(machine.apply(from, to)).isEqualTo(to);
            return true;
        } catch (IllegalStateException refused) {
            assertThat(refused).hasMessageContaining(from.name()).hasMessageContaining(to.name());
            return false;
        }
    }

    @Test
    void movesAPoolAsItsTableSays() {
        assertThat(moves(PoolPhase.values(), PoolPhase::to))
                .containsExactlyInAnyOrder(
                        "RUNNING CLOSING",
                        "RUNNING BROKEN",
                        "CLOSING BROKEN",
                        "CLOSING TERMINATED",
                        "BROKEN TERMINATED");
    }

    @Test
    void movesAWorkerAsItsTableSays() {
        assertThat(moves(WorkerPhase.values(), WorkerPhase::to))
                .containsExactlyInAnyOrder(
                        "LAUNCHING IDLE",
                        "IDLE BUSY",
                        "BUSY IDLE",
                        "LAUNCHING STOPPING",
                        "IDLE STOPPING",
                        "BUSY STOPPING",
                        "LAUNCHING GONE",
                        "IDLE GONE",
                        "BUSY GONE",
                        "STOPPING GONE");
    }

    @Test
    void movesATaskAsItsTableSays() {
        assertThat(moves(TaskPhase.values(), TaskPhase::to))
                .containsExactlyInAnyOrder(
                        "QUEUED SENT",
                        "SENT QUEUED",
                        "SENT ACCEPTED",
                        "ACCEPTED QUEUED",
                        "QUEUED FINISHED",
                        "SENT FINISHED",
                        "ACCEPTED FINISHED");
    }

    @Test
    void namesBothPhasesWhenItRefuses() {
        assertThatThrownBy(() -> WorkerPhase.GONE.to(WorkerPhase.BUSY))
                .hasMessage("A worker that is GONE can't become BUSY");
    }
}
