package dev.caisson.chaos;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// The class behind the fault points of a pool: throws at the next visit to one of them, once.
public final class ThrowingFault implements Consumer<String> {

    private static final AtomicReference<String> NEXT = new AtomicReference<>("");
    private static volatile boolean memory;

    /// For the fault points.
    public ThrowingFault() {}

    /// Has a point throw.
    ///
    /// @param outOfMemory whether it is to throw what the JVM throws when there is no memory
    static void arm(String point, boolean outOfMemory) {
        memory = outOfMemory;
        NEXT.set(point);
    }

    /// Whether it was reached.
    static boolean hasThrown() {
        return NEXT.get().isEmpty();
    }

    @Override
    public void accept(String point) {
        var next = NEXT.get();
        if (point.equals(next) && NEXT.compareAndSet(next, "")) {
            if (memory) {
                throw new OutOfMemoryError("planted at " + point);
            }
            throw new IllegalStateException("planted at " + point);
        }
    }
}
