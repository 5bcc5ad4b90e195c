package dev.caisson.testkit.simulation;

import org.jspecify.annotations.Nullable;

/// A task as the world has to believe it is, from what the engine asked for.
final class SimulatedTask {

    final long id;
    final Submission submission;
    final int first;
    int end;

    /// The send that is under way, if a worker holds it.
    @Nullable Claim claim;

    /// No item of it has begun, so its wait has a limit.
    boolean queueLimited;

    boolean cancelAsked;
    long abortedAt;
    boolean aborted;
    long runNanos;

    SimulatedTask(long id, Submission submission, int first, int end, boolean queueLimited) {
        this.id = id;
        this.submission = submission;
        this.first = first;
        this.end = end;
        this.queueLimited = queueLimited;
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
        return claim == null && isOpen();
    }

    /// Whether it has to be sent before another one.
    boolean goesBefore(SimulatedTask other) {
        int priority = submission.terms.priority();
        int otherPriority = other.submission.terms.priority();
        if (priority != otherPriority) {
            return priority > otherPriority;
        }
        return submission.turn == other.submission.turn
                ? firstOpen() < other.firstOpen()
                : submission.turn < other.submission.turn;
    }
}
