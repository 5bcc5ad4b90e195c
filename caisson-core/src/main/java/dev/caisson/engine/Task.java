package dev.caisson.engine;

import org.jspecify.annotations.Nullable;

/// A range of items that travels as one: a single submission has one item, a chunk many. A worker runs them in order.
///
/// Fields belong to whoever runs the engine. `phase` has its table in [TaskPhase]; the other fields say where in it the
/// task is: `list` is the one place that holds it, `worker` the one worker that has it.
final class Task {

    final long id;

    /// Its turn among tasks of the same priority. What is split off a task shares the turn, and goes by its first item.
    final long turn;

    /// Decides between priorities: see [Ageing].
    final long rank;

    final TaskTerms terms;
    final int bytes;

    /// The first item without a result. What is left of the task is `[next, end)`.
    int next;

    int end;

    /// The number of the run that is under way or waited for.
    int attempt = 1;

    private TaskPhase phase = TaskPhase.QUEUED;

    @Nullable TaskList list;

    @Nullable Task before;

    @Nullable Task after;

    @Nullable Worker worker;

    long sentAt;
    long runNanos;

    /// The item that was interrupted at its soft limit last.
    int interrupted = Boards.NONE;

    /// The item that ran into its hard limit, or the total one: it has no result, and ends when its worker is gone.
    int condemned = Boards.NONE;

    /// How a condemned item ends.
    Ending sentence = Ending.HARD_TIME_OUT;

    @Nullable Deadline queueLimit;

    @Nullable TotalLimit totalLimit;

    @Nullable ItemLimit softLimit;

    @Nullable ItemLimit hardLimit;

    @Nullable Deadline cancelGrace;

    /// Set while it rests before its next attempt.
    @Nullable Deadline rest;

    Task(long id, long turn, long rank, int next, int end, int bytes, TaskTerms terms) {
        this.id = id;
        this.turn = turn;
        this.rank = rank;
        this.next = next;
        this.end = end;
        this.bytes = bytes;
        this.terms = terms;
    }

    TaskPhase phase() {
        return phase;
    }

    void to(TaskPhase next) {
        phase = phase.to(next);
    }

    /// Notes that it is seen to have begun.
    void accepted() {
        if (phase == TaskPhase.SENT) {
            to(TaskPhase.ACCEPTED);
        }
    }

    /// Whether its caller still waits for an item of it.
    boolean isOpen() {
        return phase != TaskPhase.FINISHED;
    }

    int items() {
        return end - next;
    }

    /// Whether it goes first for its rank, not only for its turn.
    boolean outranks(Task other) {
        return rank == other.rank ? terms.priority() > other.terms.priority() : rank > other.rank;
    }

    /// Whether it goes before another one of its priority.
    boolean goesBefore(Task other) {
        return turn == other.turn ? next < other.next : turn < other.turn;
    }
}
