package dev.caisson.protocol;

/// What a worker is told about itself when it has connected.
///
/// @param poolName the pool it belongs to, for names of threads
/// @param slot its place in the pool
/// @param generation which worker in that place it is, from 1
/// @param killGraceNanos how long shutdown hooks may take
/// @param maxResultBytes how long an encoded result may be
/// @param codec a `TaskCodec` in Java serialization; empty for the default one
/// @param initializer an `Action` in Java serialization, run before the first task; empty for none
public record WorkerSettings(
        String poolName,
        int slot,
        int generation,
        long killGraceNanos,
        long maxResultBytes,
        Encoded codec,
        Encoded initializer) {}
