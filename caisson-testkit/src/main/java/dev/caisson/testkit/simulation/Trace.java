package dev.caisson.testkit.simulation;

import java.util.ArrayDeque;
import java.util.List;

/// What happened, as a running hash, and as text when somebody wants to read it: the text costs more than the
/// simulation.
final class Trace {

    private final Agenda agenda;
    private final int linesKept;
    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private long hash = 1;
    private long steps;

    /// @param linesKept how many of the last lines are kept as text, 0 for none
    Trace(Agenda agenda, int linesKept) {
        this.agenda = agenda;
        this.linesKept = linesKept;
    }

    void note(String what, long first, long second, long third, long fourth) {
        steps++;
        mix(agenda.now());
        mix(what.hashCode());
        mix(first * 31 + second);
        mix(third * 31 + fourth);
        if (linesKept > 0) {
            if (lines.size() == linesKept) {
                lines.removeFirst();
            }
            lines.addLast(
                    "%14.6f ms  %-30s %d %d %d %d".formatted(agenda.now() / 1e6, what, first, second, third, fourth));
        }
    }

    long hash() {
        return hash;
    }

    long steps() {
        return steps;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    private void mix(long value) {
        hash = (hash ^ value) * 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 29;
    }
}
