package dev.caisson.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One cell of the crash matrix.
record Cell(Site site, Deed deed, int workers) {

    private static final int MOST_WORKERS = 2;

    /// All cells that can be.
    static List<Cell> possible() {
        var cells = new ArrayList<Cell>();
        for (int workers = 1; workers <= MOST_WORKERS; workers++) {
            for (var site : Site.values()) {
                for (var deed : Deed.values()) {
                    if (whyImpossible(site, deed).isEmpty()) {
                        cells.add(new Cell(site, deed, workers));
                    }
                }
            }
        }
        return cells;
    }

    /// Why nobody can do that there.
    static Optional<String> whyImpossible(Site site, Deed deed) {
        if (site == Site.BEFORE_HELLO && deed.needsConnections()) {
            return Optional.of("there are no connections yet");
        }
        if (site.isOurs() && deed.hangs()) {
            return Optional.of(
                    "only the library's own code runs there, which neither loops nor waits for anybody else");
        }
        if (deed == Deed.OVERWRITTEN_BOARD && !site.isInTask()) {
            return Optional.of("what it writes over says something only while a task runs");
        }
        return Optional.empty();
    }

    /// What the task ends with that had begun and has no result, if there is one.
    Verdict verdict() {
        if (!site.isInTask()) {
            return Verdict.VALUE;
        }
        return switch (deed) {
            case EXCEPTION, ERROR -> Verdict.FAILED;
            case ENDLESS_LOOP, SWALLOWED_INTERRUPT -> Verdict.TIMED_OUT;
            case HEAP_EXHAUSTION -> Verdict.OUT_OF_MEMORY;
            case EXIT_0,
                    EXIT_1,
                    HALT_0,
                    HALT_1,
                    SIGKILL,
                    SIGSTOP,
                    SIGSEGV,
                    GARBAGE,
                    HALF_A_FRAME,
                    CLOSED_DESCRIPTOR,
                    OVERWRITTEN_BOARD -> Verdict.CRASHED;
        };
    }

    /// What its error must say.
    List<String> words() {
        return switch (deed) {
            case EXCEPTION, ERROR -> List.of(Deed.MESSAGE);
            case EXIT_0 -> List.of("code 0", "System.exit");
            case EXIT_1 -> List.of("code 1", "System.exit");
            case HALT_0 -> List.of("code 0");
            case HALT_1 -> List.of("code 1");
            case SIGKILL -> List.of("137", "SIGKILL");
            case SIGSTOP -> List.of("no sign of life");
            case SIGSEGV -> List.of("SIGSEGV", "Problematic frame");
            case HEAP_EXHAUSTION -> List.of("heap", "maxHeap");
            case ENDLESS_LOOP, SWALLOWED_INTERRUPT -> List.of("timeLimit");
            case GARBAGE, HALF_A_FRAME -> List.of("The pool ended it for what it sent");
            case CLOSED_DESCRIPTOR -> List.of("closed its connection");
            case OVERWRITTEN_BOARD -> List.of("Its board", "was overwritten");
        };
    }

    @Override
    public String toString() {
        return site + "-" + deed + "-" + workers;
    }
}
