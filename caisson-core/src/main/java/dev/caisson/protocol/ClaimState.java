package dev.caisson.protocol;

/// How far a task that was sent to a worker is: the state in a [ClaimWord], where the transitions are.
public enum ClaimState {
    /// The slot holds no task.
    FREE,
    /// Item n is the next to begin.
    OFFERED,
    /// Item n runs.
    BEGUN,
    /// Item n ran when the parent decided that its result doesn't count any more.
    CONDEMNED,
    /// Item n and all after it will not begin.
    TAKEN_BACK,
    /// The last item has ended.
    FINISHED;

    private static final ClaimState[] STATES = values();

    /// The state of a number, [#FREE] for one that stands for none: so it is never begun and never counted as running.
    static ClaimState of(int number) {
        return number < STATES.length ? STATES[number] : FREE;
    }
}
