package dev.caisson;

/// A result is larger than the pool's `maxResult` allows. It was never held in memory as a whole by the parent.
public final class PayloadTooLargeException extends CaissonException {

    private static final long serialVersionUID = 1L;

    private final long sizeBytes;
    private final long limitBytes;

    /// Creates the error of one task.
    ///
    /// @param message what is too large, by how much, and what to do
    /// @param sizeBytes its size, as far as known
    /// @param limitBytes the size allowed
    public PayloadTooLargeException(String message, long sizeBytes, long limitBytes) {
        super(message, null);
        this.sizeBytes = sizeBytes;
        this.limitBytes = limitBytes;
    }

    /// How large the encoded payload is.
    ///
    /// @return bytes, at least; counting stops somewhere beyond the limit
    public long sizeBytes() {
        return sizeBytes;
    }

    /// How large it may be.
    ///
    /// @return bytes
    public long limitBytes() {
        return limitBytes;
    }
}
