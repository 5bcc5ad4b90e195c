package dev.caisson.protocol;

/// Limits that both sides must agree on.
public final class ProtocolLimits {

    /// How long an encoded failure may be, even if results may not be that long: an error must arrive.
    public static final long FAILURE_BYTES = 16L * 1024 * 1024;

    /// How much of a class or a resource goes into one frame.
    public static final int CLASS_PART_BYTES = 64 * 1024;

    private ProtocolLimits() {}
}
