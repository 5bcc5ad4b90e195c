package dev.caisson.codec;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Java serialization that also takes paths of the default file system.
class ObjectWriter extends ObjectOutputStream {

    ObjectWriter(OutputStream out) throws IOException {
        super(out);
        enableReplaceObject(true);
    }

    /// Writes one object and leaves nothing in a buffer, without flushing the stream under it: when the bytes leave
    /// this process is its owner's decision.
    static void write(@Nullable Object value, OutputStream out) throws IOException {
        @SuppressWarnings("resource") // the stream under it stays open, and it holds nothing else
        var writer = new ObjectWriter(out);
        writer.writeObject(value);
        writer.drain();
    }

    @Override
    protected @Nullable Object replaceObject(Object object) throws IOException {
        return object instanceof Path path && path.getFileSystem().equals(FileSystems.getDefault())
                ? new WrittenPath(path.toString())
                : object;
    }
}
