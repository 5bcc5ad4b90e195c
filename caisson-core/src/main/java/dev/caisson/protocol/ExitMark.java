package dev.caisson.protocol;

/// What a worker last noted on its board about its own end. The exit code alone doesn't tell: 3 may be a lack of memory
/// or a task's own `System.exit(3)`.
public enum ExitMark {
    /// It noted nothing: killed, crashed, or halted by its task.
    NONE,
    /// An orderly end had begun (`System.exit` in a task, or a signal): shutdown hooks ran.
    EXITING,
    /// It left because the pool had asked it to.
    STOPPED,
    /// Its heap or metaspace was used up, so it halted.
    OUT_OF_MEMORY,
    /// It lost its parent, so it halted.
    ORPHANED,
    /// Its initializer failed, so it left.
    START_FAILED,
    /// An orderly end had begun, but shutdown hooks took longer than the kill grace, so it halted.
    CUT_OFF,
    /// Its initializer took longer than its own limit, so it halted.
    INITIALIZER_LATE,
    /// It left because the pool had asked it to, but its finalizer failed.
    FINALIZER_FAILED,
    /// Its finalizer took longer than its limit, so it halted.
    FINALIZER_LATE;

    private static final ExitMark[] MARKS = values();

    /// The mark that a board holds; a number that stands for none is taken for [#NONE].
    public static ExitMark of(int number) {
        return number >= 0 && number < MARKS.length ? MARKS[number] : NONE;
    }
}
