package dev.caisson.codec;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Java serialization that also takes paths of the default file system, and writes to each class that a worker lacks
/// which class loader has it.
class ObjectWriter extends ObjectOutputStream {

    /// Null where the value doesn't go to a worker.
    private final @Nullable ForeignClasses classes = ForeignClasses.writing();

    private final TypeCodecs types;

    ObjectWriter(OutputStream out, TypeCodecs types) throws IOException {
        super(out);
        this.types = types;
        enableReplaceObject(true);
    }

    /// Writes one object and leaves nothing in a buffer, without flushing the stream under it: when the bytes leave
    /// this process is its owner's decision.
    static void write(@Nullable Object value, OutputStream out, TypeCodecs types) throws IOException {
        @SuppressWarnings("resource") // the stream under it stays open, and it holds nothing else
        var writer = new ObjectWriter(out, types);
        writer.writeObject(value);
        writer.drain();
    }

    @Override
    protected void annotateClass(Class<?> type) throws IOException {
        if (type.isHidden()) {
            throw new InvalidClassException(
                    type.getName(), "it is a hidden class, which has no name by which another process could find it");
        }
        writeLoader(type);
    }

    @Override
    protected void annotateProxyClass(Class<?> type) throws IOException {
        writeLoader(type);
    }

    /// Nothing for classes that a worker finds by itself: those stay as short as they are.
    private void writeLoader(Class<?> type) throws IOException {
        if (classes != null) {
            long number = classes.numberOf(type);
            if (number != 0) {
                writeLong(number);
            }
        }
    }

    @Override
    protected @Nullable Object replaceObject(Object object) throws IOException {
        var replaced = types.replace(object);
        if (replaced != object) {
            return replaced;
        }
        return object instanceof Path path && path.getFileSystem().equals(FileSystems.getDefault())
                ? new WrittenPath(path.toString())
                : object;
    }
}
