package dev.caisson.runtime;

import java.time.Instant;

/// What time it is for a pool: the machine's, or a simulation's.
public interface Clock {

    /// The machine's clock. Limits are measured on its monotonic side, so nobody's change of the date moves them.
    Clock SYSTEM = new Clock() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Instant instant() {
            return Instant.now();
        }
    };

    /// Monotonic, of any origin: only differences mean something.
    long nanos();

    /// The date, for people.
    Instant instant();
}
