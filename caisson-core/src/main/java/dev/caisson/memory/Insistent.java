package dev.caisson.memory;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Does what must be done, however short of memory this process is.
///
/// For threads of the pool only: a caller that waited here could be the one who holds the memory.
public final class Insistent {

    private Insistent() {}

    /// Runs a step until it does not run out of memory. Blocks between tries.
    ///
    /// @param step may be run again when it has thrown; best made beforehand, as making it takes memory, too
    public static void run(Runnable step) {
        @Nullable Pause pause = null;
        while (true) {
            try {
                if (pause == null) {
                    step.run();
                    return;
                }
                pause.take();
                step.run();
                return;
            } catch (Throwable failure) {
                if (!Scarcity.isCauseOf(failure)) {
                    throw failure;
                }
            }
            pause = pause == null ? spare() : pause;
        }
    }

    private static Pause spare() {
        while (true) {
            try {
                return new Pause();
            } catch (OutOfMemoryError noneEvenForThat) {
                LockSupport.parkNanos(1);
            }
        }
    }
}
