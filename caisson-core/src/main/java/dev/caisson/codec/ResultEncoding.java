package dev.caisson.codec;

import dev.caisson.ResultSerializationException;
import dev.caisson.TaskCodec;
import dev.caisson.protocol.Encoded;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// What a worker sends back when a task has returned.
public final class ResultEncoding {

    private ResultEncoding() {}

    /// Encodes in the worker, straight into a stream: a large result is never held as a whole.
    ///
    /// @param result what the task returned; may be null
    /// @param codec how
    /// @param out where to; is neither flushed nor closed. When this throws it may have got a part
    /// @throws IOException what the stream itself threw
    /// @throws ResultSerializationException if the result can't be written, with the path to what can't
    public static void write(@Nullable Object result, TaskCodec codec, OutputStream out) throws IOException {
        var watched = new WatchedStream(out);
        try {
            CodecPair.resultsOf(codec).write(result, watched);
        } catch (Throwable thrown) {
            Refusal.rethrowFatal(thrown);
            watched.check();
            var refusal = Refusal.of(
                    "The task returned, but its result can't be sent back",
                    "result",
                    result,
                    CodecPair.resultsOf(codec),
                    thrown);
            throw new ResultSerializationException(refusal.message(), thrown);
        }
        watched.check();
    }

    /// Decodes in the parent, on the thread that wants the result.
    ///
    /// @param bytes what the worker sent
    /// @param codec the one it was written with, with limits
    /// @param loader finds the classes
    /// @return the result, which may be null
    /// @throws ResultSerializationException if it can't be read, with the reason and the way out
    public static @Nullable Object decode(Encoded bytes, TaskCodec codec, ClassLoader loader) {
        try {
            return CodecPair.resultsOf(codec).read(bytes.open(), loader);
        } catch (Throwable thrown) {
            Refusal.rethrowFatal(thrown);
            throw new ResultSerializationException(
                    "The task returned, but its result can't be read here: " + Unreadable.inParent(thrown), thrown);
        }
    }
}
