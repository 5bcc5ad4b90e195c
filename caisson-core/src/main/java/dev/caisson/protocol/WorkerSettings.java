package dev.caisson.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/// What a worker is told about itself when it has connected.
///
/// @param poolName the pool it belongs to, for names of threads
/// @param slot its place in the pool
/// @param generation which worker in that place it is, from 1
/// @param startedAtMillis when it was started, as the pool tells it
/// @param killGraceNanos how long shutdown hooks may take
/// @param endsOnSignal whether SIGINT, SIGTERM and SIGHUP end the worker; else it ignores them
/// @param maxResultBytes how long an encoded result may be
/// @param codec a `TaskCodec` in Java serialization; empty for the default one
/// @param initializer run before the first task
/// @param finalizer run after the last one, when the pool has asked the worker to leave
public record WorkerSettings(
        String poolName,
        int slot,
        int generation,
        long startedAtMillis,
        long killGraceNanos,
        boolean endsOnSignal,
        long maxResultBytes,
        Encoded codec,
        WorkerHook initializer,
        WorkerHook finalizer) {

    /// The first part of the message; codec and hooks are parts of their own.
    Encoded encodeHead() {
        var name = poolName.getBytes(UTF_8);
        return Encoded.of(ByteBuffer.allocate(3 * Integer.BYTES + 8 * Long.BYTES + name.length)
                .putInt(slot)
                .putInt(generation)
                .putLong(startedAtMillis)
                .putLong(killGraceNanos)
                .putInt(endsOnSignal ? 1 : 0)
                .putLong(maxResultBytes)
                .putLong(codec.classes())
                .putLong(initializer.action().classes())
                .putLong(initializer.limitNanos())
                .putLong(finalizer.action().classes())
                .putLong(finalizer.limitNanos())
                .put(name)
                .array());
    }

    /// Puts together what the parent has sent in parts.
    public static WorkerSettings decode(byte[] head, Encoded codec, Encoded initializer, Encoded finalizer) {
        var in = ByteBuffer.wrap(head);
        var slot = in.getInt();
        var generation = in.getInt();
        var startedAtMillis = in.getLong();
        var killGraceNanos = in.getLong();
        var endsOnSignal = in.getInt() != 0;
        var maxResultBytes = in.getLong();
        var codecClasses = in.getLong();
        var initializerClasses = in.getLong();
        var initializerLimitNanos = in.getLong();
        var finalizerClasses = in.getLong();
        var finalizerLimitNanos = in.getLong();
        var name = new byte[in.remaining()];
        in.get(name);
        return new WorkerSettings(
                new String(name, UTF_8),
                slot,
                generation,
                startedAtMillis,
                killGraceNanos,
                endsOnSignal,
                maxResultBytes,
                codec.withClasses(codecClasses, null),
                new WorkerHook(initializer, initializerLimitNanos).withClasses(initializerClasses),
                new WorkerHook(finalizer, finalizerLimitNanos).withClasses(finalizerClasses));
    }
}
