package dev.caisson.memory;

import org.jspecify.annotations.Nullable;

/// The part of this process's heap that the pool's large things leave free, so that its small ones always find room.
public final class Headroom {

    private static final long HEAP_BYTES = Runtime.getRuntime().maxMemory();

    /// A small part of a small heap; of a large one no more than what all the pool's small things may need.
    private static final int BYTES = Math.clamp(HEAP_BYTES / 16, 1 << 19, 4 << 20);

    /// Whoever leaves that much free needn't try.
    private static final long AMPLE_BYTES = Math.max(HEAP_BYTES / 4, 2L * BYTES);

    private static final int LITTLE_BYTES = 1 << 16;

    /// Not everything that counts as free can be had: collectors keep some for themselves.
    private static final long NEARLY_FULL_BYTES = Math.max(HEAP_BYTES / 8, 4L * LITTLE_BYTES);

    /// Keeps the compiler from leaving out what nobody reads.
    @SuppressWarnings("unused")
    private static volatile byte @Nullable [] proof;

    private Headroom() {}

    /// To be called now and then while something large grows.
    ///
    /// @throws OutOfMemoryError if there is no room left but for small things
    public static void require() {
        require(AMPLE_BYTES, BYTES);
    }

    /// To be called before something that must not run out of memory half way, though what it needs is small. Cheap.
    ///
    /// @throws OutOfMemoryError if there is not even room for small things
    public static void requireLittle() {
        if (Runtime.getRuntime().freeMemory() < NEARLY_FULL_BYTES) {
            require(NEARLY_FULL_BYTES, LITTLE_BYTES);
        }
    }

    /// Whether small things find room.
    public static boolean isThere() {
        try {
            require();
            return true;
        } catch (OutOfMemoryError none) {
            return false;
        }
    }

    private static void require(long ampleBytes, int bytes) {
        var runtime = Runtime.getRuntime();
        // Counts what could be collected as taken: so a try, which has that collected, is seldom needed.
        if (HEAP_BYTES - runtime.totalMemory() + runtime.freeMemory() < ampleBytes) {
            proof = new byte[bytes];
            proof = null;
        }
    }

    /// How large the heap may grow.
    public static long heapMegabytes() {
        return HEAP_BYTES >> 20;
    }
}
