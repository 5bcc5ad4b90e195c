package dev.caisson.codec;

import dev.caisson.ResultSerializationException;
import dev.caisson.TaskCodec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.OutputStream;
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Throwables on their way from a worker to the parent.
///
/// An error must arrive, whatever it is made of. So it is sent twice: described in plain text, which always works, and
/// as the object that it is, if that can be written. The reader takes the object if that can be read, and else makes a
/// stand-in from the description. Where the whole can't be written, causes and suppressed are tried one by one.
public final class Failures {

    private static final int MOST_TYPES = 64;
    private static final int LONGEST_TYPE = 1024;

    private static final TaskCodec NO_OBJECTS = new TaskCodec() {

        @Override
        public void write(@Nullable Object value, OutputStream out) throws IOException {
            throw new NotSerializableException("only descriptions are read");
        }

        @Override
        public Object read(InputStream in, ClassLoader loader) throws IOException {
            throw new NotSerializableException("only descriptions are read");
        }
    };

    private Failures() {}

    /// Writes an error. Nothing about the error makes this fail.
    ///
    /// @param error what a task threw
    /// @param codec tries to write it as an object
    /// @param out where to; is left open
    /// @throws IOException if the stream fails
    public static void write(Throwable error, TaskCodec codec, OutputStream out) throws IOException {
        var stream = new DataOutputStream(out);
        writeTypes(error.getClass(), stream);
        var description = new DescriptionWriter(CodecPair.resultsOf(codec)).describe(error);
        DescriptionWriter.write(description, stream);
    }

    /// The names of an error's class and of those above it: they tell what kind of error it is without loading a class.
    private static void writeTypes(Class<?> type, DataOutputStream out) throws IOException {
        var names = new ArrayList<String>();
        for (var each = type;
                each != null && each != Throwable.class && names.size() < MOST_TYPES;
                each = each.getSuperclass()) {
            if (each.getName().length() <= LONGEST_TYPE) {
                names.add(each.getName());
            }
        }
        out.writeByte(names.size());
        for (var name : names) {
            out.writeUTF(name);
        }
    }

    /// What kind of error it is: the binary names of its class and of those above it, [Throwable] excepted. Runs no
    /// code of the user.
    ///
    /// @param in holds one error
    /// @return from its own class upwards; empty if the bytes make no sense
    public static List<String> types(InputStream in) {
        try {
            return readTypes(new DataInputStream(in));
        } catch (IOException damaged) {
            return List.of();
        }
    }

    private static List<String> readTypes(DataInputStream in) throws IOException {
        int count = in.readUnsignedByte();
        if (count > MOST_TYPES) {
            throw new StreamCorruptedException("an error of " + count + " types");
        }
        var names = new ArrayList<String>();
        for (int left = count; left > 0; left--) {
            names.add(in.readUTF());
        }
        return names;
    }

    /// Reads the description of an error only: no class of its is loaded, no code of its is run.
    ///
    /// @param in holds one error
    /// @return a [dev.caisson.RemoteTaskException] in its place, or a [ResultSerializationException] if the bytes make
    /// no
    ///     sense
    public static Throwable described(InputStream in) {
        return read(in, NO_OBJECTS, Failures.class.getClassLoader());
    }

    /// Reads an error. Never throws for what it reads.
    ///
    /// @param in holds one error
    /// @param codec reads the object, under limits if the writer is not trusted
    /// @param loader finds its classes
    /// @return the error itself, or a [dev.caisson.RemoteTaskException] in its place, or a
    /// [ResultSerializationException] if the bytes
    ///     make no sense
    public static Throwable read(InputStream in, TaskCodec codec, ClassLoader loader) {
        try {
            var stream = new DataInputStream(in);
            var ignored = readTypes(stream);
            return new Recreation(CodecPair.resultsOf(codec), loader).of(new DescriptionReader(stream).read());
        } catch (IOException e) {
            return new ResultSerializationException(
                    "The task failed, but what the worker sent about its error is damaged (" + e.getMessage()
                            + "). Something in the worker may have written over its memory: native code, or Unsafe.",
                    e);
        }
    }
}
