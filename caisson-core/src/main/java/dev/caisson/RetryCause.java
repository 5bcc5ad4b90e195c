package dev.caisson;

/// What besides the failures that it names a task may be run again for: see [TaskOptions#withRetryOn(RetryCause...)].
public enum RetryCause {
    /// Its worker died while it ran, for whatever reason; the default.
    CRASH,
    /// Its soft or its hard time limit struck.
    TIMEOUT
}
