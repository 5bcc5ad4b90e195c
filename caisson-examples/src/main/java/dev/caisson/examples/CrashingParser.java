package dev.caisson.examples;

import java.io.InputStream;
import java.io.Serial;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;
import org.apache.tika.exception.TikaException;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.xml.sax.ContentHandler;

/// A parser with a bug in its native library: it has C measure a string at the address 0, which ends the JVM by
/// SIGSEGV.
///
/// Found by Tika as any parser is, for documents whose root is `<native-crash>`.
public final class CrashingParser implements Parser {

    @Serial
    private static final long serialVersionUID = 1L;

    /// Used by Tika, which finds it by its name.
    public CrashingParser() {}

    @Override
    public Set<MediaType> getSupportedTypes(ParseContext context) {
        return Set.of(MediaType.application("native-crash+xml"));
    }

    @Override
    @SuppressWarnings("restricted") // calling native code is its purpose
    public void parse(InputStream stream, ContentHandler handler, Metadata metadata, ParseContext context)
            throws TikaException {
        try {
            var linker = Linker.nativeLinker();
            var length = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("strlen"),
                    FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
            metadata.set("length", Long.toString((long) length.invokeExact(MemorySegment.NULL)));
        } catch (Throwable e) { // that is what a method handle declares
            throw new TikaException("The native library can't be called", e);
        }
    }
}
