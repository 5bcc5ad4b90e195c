package dev.caisson.codec;

import dev.caisson.ResultSerializationException;
import dev.caisson.TaskCodec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Throwables on their way from a worker to the parent.
///
/// An error must arrive, whatever it is made of. So it is sent twice: described in plain text, which always works, and
/// as the object that it is, if that can be written. The reader takes the object if that can be read, and else makes a
/// stand-in from the description. Where the whole can't be written, causes and suppressed are tried one by one.
public final class Failures {

    private Failures() {}

    /// Writes an error. Nothing about the error makes this fail.
    ///
    /// @param error what a task threw
    /// @param codec tries to write it as an object
    /// @param out where to; is left open
    /// @throws IOException if the stream fails
    public static void write(Throwable error, TaskCodec codec, OutputStream out) throws IOException {
        var description = new DescriptionWriter(CodecPair.resultsOf(codec)).describe(error);
        DescriptionWriter.write(description, new DataOutputStream(out));
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
            return new Recreation(CodecPair.resultsOf(codec), loader)
                    .of(new DescriptionReader(new DataInputStream(in)).read());
        } catch (IOException e) {
            return new ResultSerializationException(
                    "The task failed, but what the worker sent about its error is damaged (" + e.getMessage()
                            + "). Something in the worker may have written over its memory: native code, or Unsafe.",
                    e);
        }
    }
}
