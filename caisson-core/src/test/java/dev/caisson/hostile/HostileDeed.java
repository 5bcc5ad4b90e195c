package dev.caisson.hostile;

/// One thing that a hostile worker does.
///
/// Cutting the board's file to nothing is none of them: who touches its own mapping then may end this whole JVM. That
/// has a test with programs of its own.
enum HostileDeed {
    /// A frame on the tasks connection.
    TASK_FRAME(5),
    /// The same, published in the outbox too.
    OUTBOX_FRAME(5),
    /// A frame on the control connection.
    CONTROL_FRAME(5),
    /// The result that is waited for, as it should be, with the claim word it goes with.
    RESULT(3),
    /// Random numbers anywhere on the board but in the claim words.
    SCRIBBLE(20),
    /// A random claim word.
    CLAIM(4),
    /// The claim word of its task in a state that is not true.
    FALSE_CLAIM(4),
    /// Words about its end, cut off.
    LAST_WORDS(20),
    /// A mark that says how it ended.
    EXIT_MARK(20),
    /// Connections that never greet, or wrongly.
    CONNECTIONS(4),
    /// A crash report that is no file, or a mutated one.
    CRASH_REPORT(6),
    /// The pool's socket deleted, or its own folder.
    DELETION(1),
    /// Progress, as fast as it goes.
    PROGRESS_FLOOD(1),
    /// Questions for classes with long names, whose answers nobody reads.
    CLASS_FLOOD(1),
    /// Nothing, for long enough that a limit strikes.
    SILENCE(2);

    /// How often it is drawn, beside the others.
    final int weight;

    HostileDeed(int weight) {
        this.weight = weight;
    }
}
