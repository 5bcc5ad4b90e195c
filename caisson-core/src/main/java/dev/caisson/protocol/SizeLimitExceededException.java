package dev.caisson.protocol;

import java.io.IOException;

/// More was written than the limit of an [Encoded.Builder] or of a result allows.
public final class SizeLimitExceededException extends IOException {

    private static final long serialVersionUID = 1L;

    private final long sizeBytes;
    private final long limitBytes;

    /// Creates the error.
    ///
    /// @param sizeBytes how much it would have been, as far as known
    /// @param limitBytes how much is allowed
    public SizeLimitExceededException(long sizeBytes, long limitBytes) {
        super("At least " + sizeBytes + " bytes were written where at most " + limitBytes + " are allowed");
        this.sizeBytes = sizeBytes;
        this.limitBytes = limitBytes;
    }

    /// How much it would have been, at least.
    public long sizeBytes() {
        return sizeBytes;
    }

    /// How much is allowed.
    public long limitBytes() {
        return limitBytes;
    }
}
