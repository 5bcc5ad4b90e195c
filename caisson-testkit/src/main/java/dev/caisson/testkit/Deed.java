package dev.caisson.testkit;

/// What a task does in the end, by its script.
sealed interface Deed {

    /// Its own code.
    record Run() implements Deed {}

    /// Never returns.
    record Hang() implements Deed {}

    /// Its whole process stands still.
    record Freeze() implements Deed {}

    /// Throws, in place of its own code.
    record Fail(Throwable error) implements Deed {}

    /// Ends its process, in place of its own code.
    record Exit(int code, Manner manner) implements Deed {}

    /// Its own code, and when the result is safe its process ends.
    record RunAndExit(int code) implements Deed {}

    /// How a process ends.
    enum Manner {
        CRASH,
        SYSTEM_EXIT,
        OUT_OF_MEMORY
    }
}
