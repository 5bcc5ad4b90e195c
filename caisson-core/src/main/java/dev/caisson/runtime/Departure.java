package dev.caisson.runtime;

import dev.caisson.WorkerDeath;
import dev.caisson.protocol.Encoded;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a worker left: everything that an error message may want to tell.
///
/// @param death pid, exit, output, crash report
/// @param outOfMemory whether it ended itself because its heap was exhausted
/// @param exiting whether it was ending itself in an orderly way: a task called `System.exit`
/// @param violation what was wrong with what it sent, if the pool ended it for that
/// @param startFailure what its initializer threw, encoded; null if that did not fail
/// @param command how it was started
public record Departure(
        WorkerDeath death,
        boolean outOfMemory,
        boolean exiting,
        Optional<String> violation,
        @Nullable Encoded startFailure,
        List<String> command) {}
