package dev.caisson.codec;

import dev.caisson.TaskCodec;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.ObjectInputFilter;
import java.io.OutputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The default encoding: a tag and the bare value for what is common and simple, Java serialization for all else.
///
/// Java serialization because it takes what users have (lambdas, cyclic graphs, exceptions with their causes,
/// `readResolve`) without a library, without flags, and is the first to be ready in a young JVM. One thing is added to
/// it: paths of the default file system, which Java leaves unserializable, travel as text; a relative one is relative
/// to the working folder of the process that reads it.
///
/// Immutable and thread-safe. What a codec made by [#filtered(ObjectInputFilter)] is told about limits stays in this
/// process: a worker that is sent one reads without.
public final class JdkCodec implements TaskCodec {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable ObjectInputFilter filter;
    private final TypeCodecs types;

    /// Creates a codec that trusts what it reads, as a worker may trust its parent.
    public JdkCodec() {
        this(null, TypeCodecs.NONE);
    }

    private JdkCodec(@Nullable ObjectInputFilter filter, TypeCodecs types) {
        this.filter = filter;
        this.types = types;
    }

    /// Creates a codec that leaves objects of some types to other codecs, wherever in a value it meets them.
    ///
    /// @param codecs by type
    /// @return without limits, like one made by the constructor
    public static JdkCodec with(Map<Class<?>, TaskCodec> codecs) {
        return new JdkCodec(null, TypeCodecs.of(codecs));
    }

    /// Whether this is what the constructor makes, so that it needn't be sent.
    public boolean isPlain() {
        return types.types().isEmpty();
    }

    /// This codec for reading what workers send.
    JdkCodec guarded(Optional<ObjectInputFilter> filter) {
        return new JdkCodec(
                filter.map(JdkCodec::classesOf).orElse(checked -> ObjectInputFilter.Status.UNDECIDED), types);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JdkCodec codec && types.equals(codec.types) && Objects.equals(filter, codec.filter);
    }

    @Override
    public int hashCode() {
        return types.hashCode();
    }

    TypeCodecs types() {
        return types;
    }

    /// Creates a codec that reads under [ResultLimits] and a filter.
    ///
    /// @param filter is asked about each class; what it leaves undecided passes. Of [ResultLimits], which are those of
    /// one
    ///     read, only the filter in them is taken: each read gets limits of its own
    /// @return for reading what workers send
    public static JdkCodec filtered(ObjectInputFilter filter) {
        return new JdkCodec(classesOf(filter), TypeCodecs.NONE);
    }

    private static ObjectInputFilter classesOf(ObjectInputFilter filter) {
        return filter instanceof ResultLimits limits ? limits.classes() : filter;
    }

    /// Creates a codec that reads under [ResultLimits] alone.
    ///
    /// @return for reading what workers send
    public static JdkCodec limited() {
        return filtered(checked -> ObjectInputFilter.Status.UNDECIDED);
    }

    @Override
    public void write(@Nullable Object value, OutputStream out) throws IOException {
        if (types.indexOf(value) >= 0 || !PlainValues.write(value, out)) {
            out.write(PlainValues.OBJECT);
            ObjectWriter.write(value, out, types);
        }
    }

    /// {@inheritDoc}
    ///
    /// Under limits, `in.available()` must tell how many bytes there are, as far as an int can: no more is created than
    /// they can stand for.
    @Override
    public @Nullable Object read(InputStream in, ClassLoader loader) throws IOException, ClassNotFoundException {
        int tag = in.read();
        if (tag < 0) {
            throw new EOFException("There is no value: not one byte");
        }
        if (tag != PlainValues.OBJECT) {
            return PlainValues.read(tag, in);
        }
        return filter == null
                ? new ObjectReader(in, loader, types).readObject()
                : readLimited(in, loader, new ResultLimits(in.available(), filter));
    }

    private Object readLimited(InputStream in, ClassLoader loader, ResultLimits limits)
            throws IOException, ClassNotFoundException {
        try {
            return new ObjectReader(in, loader, types, limits, new HashingWork(in.available())).readObject();
        } catch (InvalidClassException e) {
            throw limits.refusal() == null ? e : refused(limits.refusal(), e);
        }
    }

    private static InvalidObjectException refused(String reason, InvalidClassException rejected) {
        return new InvalidObjectException("Refused: " + reason, rejected);
    }
}
