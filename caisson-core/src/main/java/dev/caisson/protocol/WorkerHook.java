package dev.caisson.protocol;

/// Code of the user that a worker runs at its start or its end.
///
/// @param action an `Action` in Java serialization; empty for none
/// @param limitNanos how long it may take, 0 for no limit of its own
public record WorkerHook(Encoded action, long limitNanos) {

    /// Nothing to run.
    public static final WorkerHook NONE = new WorkerHook(Encoded.EMPTY, 0);

    /// Whether there is anything to run.
    public boolean isPresent() {
        return action.size() > 0;
    }

    WorkerHook withClasses(long classes) {
        return new WorkerHook(action.withClasses(classes, null), limitNanos);
    }
}
