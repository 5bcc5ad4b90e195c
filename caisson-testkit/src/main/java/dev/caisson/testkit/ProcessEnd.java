package dev.caisson.testkit;

import dev.caisson.process.ExitCode;
import dev.caisson.protocol.Encoded;
import dev.caisson.testkit.Deed.Manner;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a simulated process ends.
///
/// @param startFailure what its initializer threw, encoded
/// @param output what it printed last
record ProcessEnd(int code, Manner manner, @Nullable Encoded startFailure, List<String> output) {

    private static final int START_FAILED_CODE = 1;

    static ProcessEnd of(int code) {
        return new ProcessEnd(code, Manner.CRASH, null, List.of());
    }

    static ProcessEnd of(Deed.Exit exit) {
        return new ProcessEnd(exit.code(), exit.manner(), null, List.of());
    }

    static ProcessEnd failedStart() {
        return new ProcessEnd(
                START_FAILED_CODE,
                Manner.CRASH,
                null,
                List.of("(simulated) this start fails, as SimulatedPool.Builder.failingStarts asked for"));
    }

    static ProcessEnd failedInitializer(Encoded failure) {
        return new ProcessEnd(START_FAILED_CODE, Manner.CRASH, failure, List.of());
    }

    Optional<String> signal() {
        return new ExitCode(code).signal();
    }
}
