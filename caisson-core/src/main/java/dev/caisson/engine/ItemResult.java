package dev.caisson.engine;

/// What a worker reports of an item it ran to its end.
public enum ItemResult {
    /// It returned a value.
    SUCCEEDED,
    /// It threw.
    FAILED,
    /// It threw what its task wants to be run again for.
    FAILED_RETRYABLY
}
