package dev.caisson.engine;

/// What became of all items so far. `submitted` is the sum of the others and of those still open.
///
/// @param submitted items taken in
/// @param succeeded items that returned a value
/// @param failed items that threw
/// @param cancelled items cancelled by their caller or with the pool
/// @param timedOut items that ran into a limit
/// @param crashed items whose worker died
/// @param rejected items that never began because the pool broke
public record Counts(
        long submitted, long succeeded, long failed, long cancelled, long timedOut, long crashed, long rejected) {

    /// Items that have no ending yet.
    public long open() {
        return submitted - succeeded - failed - cancelled - timedOut - crashed - rejected;
    }
}
