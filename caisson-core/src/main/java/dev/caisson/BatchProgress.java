package dev.caisson;

/// How far a batch is.
///
/// @param read items read from the input
/// @param succeeded items that ended with a value
/// @param failed items that ended otherwise, cancelled ones included
/// @param inputEnded whether the input has been read to its end, so that [#read()] is the size of the batch
public record BatchProgress(long read, long succeeded, long failed, boolean inputEnded) {

    /// Refuses counts that can't be.
    public BatchProgress {
        if (succeeded < 0 || failed < 0 || succeeded + failed > read) {
            throw new IllegalArgumentException("Items ended can't outnumber items read, and no count is negative: read="
                    + read + ", succeeded=" + succeeded + ", failed=" + failed);
        }
    }

    /// Counts the items that have ended.
    ///
    /// @return succeeded and failed ones
    public long done() {
        return succeeded + failed;
    }
}
