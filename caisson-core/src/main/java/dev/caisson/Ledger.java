package dev.caisson;

/// The books of a pool: what became of every task and item it took, since it was built.
///
/// @param submitted taken; submissions that threw are not counted
/// @param succeeded returned
/// @param failed threw, or had a result that could not travel
/// @param cancelled cancelled, or open when the pool was ended
/// @param timedOut ended by a limit
/// @param crashed lost with their worker, for lack of memory too
/// @param rejected taken but never begun, because the pool broke
public record Ledger(
        long submitted, long succeeded, long failed, long cancelled, long timedOut, long crashed, long rejected) {

    /// Counts the tasks that have ended.
    ///
    /// @return the sum over all endings
    public long ended() {
        return succeeded + failed + cancelled + timedOut + crashed + rejected;
    }

    /// Tells whether the books balance: each task taken has ended once or is open.
    ///
    /// @param open tasks and items that wait or run
    /// @return whether submitted is the sum of ended and open
    public boolean balanced(long open) {
        return submitted == ended() + open;
    }
}
