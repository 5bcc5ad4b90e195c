package dev.caisson.fleet;

import dev.caisson.ByteSize;

/// That a worker held more memory than it may.
///
/// @param resident what it held
/// @param limit what it may hold
public record MemoryExcess(ByteSize resident, ByteSize limit) {

    private static final int MEBI_BITS = 20;

    /// Rounded to what people read.
    static MemoryExcess of(long residentBytes, ByteSize limit) {
        return new MemoryExcess(new ByteSize(Math.max(1, residentBytes >> MEBI_BITS) << MEBI_BITS), limit);
    }
}
