package dev.caisson.protocol;

/// One 64-bit word of the board (in progress).
public final class ClaimWord {

    /// Items are counted up to here.
    public static final int MAX_ITEMS = (1 << 20) - 1;

    private ClaimWord() {}
}
