package dev.caisson.codec;

import dev.caisson.TaskCodec;
import dev.caisson.TaskSerializationException;
import dev.caisson.protocol.Encoded;
import org.jspecify.annotations.Nullable;

/// What a pool sends to its workers: tasks, functions, items, initializers.
public final class TaskEncoding {

    private TaskEncoding() {}

    /// Encodes on the caller's thread.
    ///
    /// @param value what to send; may be null
    /// @param codec how
    /// @param role what it is, for messages: `task`, `function`, `item 17`, `initializer`
    /// @return its bytes
    /// @throws TaskSerializationException if it can't be written, with the path to what can't
    public static Encoded encode(@Nullable Object value, TaskCodec codec, String role) {
        var out = Encoded.builder();
        var classes = ForeignClasses.begin(value);
        try {
            CodecPair.tasksOf(codec).write(value, out);
            return classes.sign(out.build());
        } catch (Throwable thrown) {
            Refusal.rethrowFatal(thrown);
            boolean numbered = Character.isDigit(role.charAt(role.length() - 1));
            var refusal = Refusal.of(
                    (numbered ? Character.toUpperCase(role.charAt(0)) + role.substring(1) : "The " + role)
                            + " can't be sent to a worker",
                    role,
                    value,
                    CodecPair.tasksOf(codec),
                    thrown);
            throw new TaskSerializationException(refusal.message(), refusal.path(), thrown);
        } finally {
            classes.end();
        }
    }

    /// Decodes in the worker; or in the process that has encoded it, with [OriginLoader].
    ///
    /// @param bytes what the parent sent
    /// @param codec the one it was written with
    /// @param loader finds the classes
    /// @return the value, which may be null
    /// @throws TaskSerializationException if it can't be read, with the reason and the way out
    public static @Nullable Object decode(Encoded bytes, TaskCodec codec, ClassLoader loader) {
        try {
            return CodecPair.tasksOf(codec).read(bytes.open(), loader);
        } catch (Throwable thrown) {
            Refusal.rethrowFatal(thrown);
            throw new TaskSerializationException(
                    "The worker can't read what it was sent: " + Unreadable.inWorker(thrown), "", thrown);
        }
    }
}
