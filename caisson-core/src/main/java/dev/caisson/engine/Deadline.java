package dev.caisson.engine;

import java.util.function.LongConsumer;

/// Something to be done at a point in time, unless it is cancelled before.
final class Deadline {

    static final int NOT_SET = -1;

    final long at;
    private final LongConsumer strike;

    /// Decides between deadlines of the same time: first come, first served.
    final long order;

    /// Its place in the heap; touched by [Deadlines] alone.
    int index = NOT_SET;

    Deadline(long at, long order, LongConsumer strike) {
        this.at = at;
        this.order = order;
        this.strike = strike;
    }

    boolean isBefore(Deadline other) {
        long difference = at - other.at;
        return difference == 0 ? order < other.order : difference < 0;
    }

    void strike(long now) {
        strike.accept(now);
    }
}
