package dev.caisson.engine;

/// The limit on all of a task's time, from its submission over all attempts and the waits between them. What is split
/// off a task has the same one.
final class TotalLimit {

    final Deadline deadline;
    private final Strike strike;

    private TotalLimit(Deadline deadline, Strike strike) {
        this.deadline = deadline;
        this.strike = strike;
    }

    /// Sets a task's limit.
    static TotalLimit in(long nanos, long now, Deadlines deadlines, Task task, Strike strike) {
        return new TotalLimit(deadlines.in(nanos, now, at -> strike.struck(at, task)), strike);
    }

    /// The same for what was split off.
    TotalLimit over(Task rest, Deadlines deadlines) {
        return new TotalLimit(deadlines.at(deadline.at, now -> strike.struck(now, rest)), strike);
    }

    /// Whether so much time will be left.
    boolean leaves(long nanos, long now) {
        return deadline.at - now > nanos;
    }

    /// What is done when no time is left.
    interface Strike {
        void struck(long now, Task task);
    }
}
