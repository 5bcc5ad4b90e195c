package dev.caisson;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/// Turns tasks, items and results into bytes and back, in place of the pool's own encoding.
///
/// Both sides use it: the instance given to the pool is itself sent to each worker by Java serialization. It must be
/// thread-safe. Streams, not arrays, so that a value may be larger than an array can be. An implementation neither
/// closes nor keeps the streams, and buffers by itself only what it can hand on before it returns.
public interface TaskCodec extends Serializable {

    /// The pool's own encoding, for use in one direction, or inside a codec for what that doesn't want to write itself:
    /// Java serialization with short ways for common values.
    ///
    /// @return thread-safe; reads what it is given without limits
    static TaskCodec standard() {
        return ServiceLoader.load(TaskCodec.class, TaskCodec.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "Caisson's own codec is not found: META-INF/services was lost when its jar was repackaged"));
    }

    /// Writes one value.
    ///
    /// @param value what to write; may be null
    /// @param out where to; ends after this value
    /// @throws IOException if the value can't be encoded, or the stream fails
    void write(@Nullable Object value, OutputStream out) throws IOException;

    /// Reads one value that [#write(Object, OutputStream)] has written.
    ///
    /// In the parent process the bytes come from a worker and may be hostile: an implementation should create nothing
    /// but what it expects.
    ///
    /// @param in where from; ends after this value
    /// @param loader finds the classes of the value
    /// @return the value, which may be null
    /// @throws IOException if the bytes are no value, or the stream fails
    /// @throws ClassNotFoundException if a class of the value is missing
    @Nullable Object read(InputStream in, ClassLoader loader) throws IOException, ClassNotFoundException;
}
