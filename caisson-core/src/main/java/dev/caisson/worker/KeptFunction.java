package dev.caisson.worker;

import dev.caisson.TaskCodec;
import dev.caisson.codec.TaskEncoding;
import dev.caisson.protocol.Encoded;
import org.jspecify.annotations.Nullable;

/// The function of the chunk that came last, for those of the same batch that follow: a large captured constant is sent
/// and decoded once. Belongs to the task thread.
final class KeptFunction {

    private Encoded bytes = Encoded.EMPTY;
    private boolean isDecoded;
    private @Nullable Object function;

    /// Takes another function in the place of the one before.
    void replace(Encoded sent) {
        isDecoded = false;
        function = null;
        bytes = sent;
    }

    /// The function, decoded when it is first wanted, and again after each failure: that may have been an interrupt.
    ///
    /// @throws dev.caisson.TaskSerializationException if it can't be read
    @Nullable Object get(TaskCodec codec, ClassLoader loader) {
        if (!isDecoded) {
            function = TaskEncoding.decode(bytes, codec, loader);
            isDecoded = true;
            bytes = Encoded.EMPTY;
        }
        return function;
    }
}
