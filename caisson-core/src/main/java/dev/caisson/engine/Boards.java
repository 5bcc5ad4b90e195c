package dev.caisson.engine;

/// What the workers' boards tell at this instant: a word or two of memory shared with the worker.
///
/// Nothing here blocks. Worker and engine race for the same words by compare-and-set, so an answer that changes
/// something is final. The engine asks only about tasks it has sent and not yet seen the end of, and bounds each answer
/// itself: a worker can write what it likes on its board.
public interface Boards {

    /// Tells that no item runs.
    int NONE = -1;

    /// Takes back what has not begun. The items from the returned one on will certainly never begin in that worker
    /// under this send; an item that runs is left alone. Returns the end of the task's range when there was nothing to
    /// take back.
    int takeBack(int slot, int generation, long task);

    /// The item of this task that has begun and not ended, or [#NONE].
    int runningItem(int slot, int generation, long task);

    /// When the running item began, on the clock of `now`. Means nothing when none runs.
    long runningSince(int slot, int generation, long task);

    /// Condemns the running item: its result can no longer be published. False: it has ended, and its result is on its
    /// way.
    boolean condemn(int slot, int generation, long task, int item);
}
