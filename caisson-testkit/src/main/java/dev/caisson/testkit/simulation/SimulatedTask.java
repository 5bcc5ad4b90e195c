package dev.caisson.testkit.simulation;

import org.jspecify.annotations.Nullable;

/// A task as the world has to believe it is, from what the engine asked for.
final class SimulatedTask {

    final long id;
    final Submission submission;
    int first;
    int end;

    /// It may not be sent before `restsUntil`.
    boolean resting;

    long restsUntil;

    /// How long it waits to rise by one priority, 0 to never rise.
    private final long ageingNanos;

    /// The send that is under way, if a worker holds it.
    @Nullable Claim claim;

    /// No item of it has begun, so its wait has a limit.
    boolean queueLimited;

    boolean cancelAsked;
    long abortedAt;
    boolean aborted;
    long runNanos;

    SimulatedTask(long id, Submission submission, int first, int end, boolean queueLimited, long ageingNanos) {
        this.id = id;
        this.submission = submission;
        this.first = first;
        this.end = end;
        this.queueLimited = queueLimited;
        this.ageingNanos = ageingNanos;
    }

    boolean has(int item) {
        return item >= first && item < end;
    }

    boolean isOpen() {
        return firstOpen() < end;
    }

    /// The first item without an ending, or the end.
    int firstOpen() {
        int item = first;
        while (item < end && submission.endings[item] != null) {
            item++;
        }
        return item;
    }

    /// The end of the open items.
    int endOpen() {
        int item = end;
        while (item > first && submission.endings[item - 1] != null) {
            item--;
        }
        return item;
    }

    boolean waits() {
        return claim == null && isOpen() && !resting;
    }

    /// Whether its priority, raised by its wait, is the higher one; of equals the one that was higher from the start.
    boolean outranks(SimulatedTask other) {
        long ahead = (long) submission.terms.priority() - other.submission.terms.priority();
        if (ageingNanos == 0) {
            return ahead > 0;
        }
        long waitedLonger = other.submission.submittedAt / 1_000 - submission.submittedAt / 1_000;
        long rank = ahead * (ageingNanos / 1_000) + waitedLonger;
        return rank == 0 ? ahead > 0 : ahead != 0 && rank > 0;
    }

    /// Whether it has to be sent before another one.
    boolean goesBefore(SimulatedTask other) {
        if (submission.terms.priority() != other.submission.terms.priority()) {
            return outranks(other);
        }
        return submission.turn == other.submission.turn
                ? firstOpen() < other.firstOpen()
                : submission.turn < other.submission.turn;
    }
}
