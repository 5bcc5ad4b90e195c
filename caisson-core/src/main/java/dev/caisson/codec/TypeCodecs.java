package dev.caisson.codec;

import dev.caisson.TaskCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.Serializable;
import java.io.StreamCorruptedException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Codecs for single types, which [JdkCodec] uses wherever it meets an object of theirs. Immutable.
///
/// @param types each of another one
/// @param codecs theirs, in the same order
record TypeCodecs(List<Class<?>> types, List<TaskCodec> codecs) implements Serializable {

    static final TypeCodecs NONE = new TypeCodecs(List.of(), List.of());

    static TypeCodecs of(Map<Class<?>, TaskCodec> codecs) {
        return new TypeCodecs(List.copyOf(codecs.keySet()), List.copyOf(codecs.values()));
    }

    /// An object as its codec wrote it.
    static final class Written implements Serializable {

        private static final long serialVersionUID = 1L;

        /// Its place among the types.
        private final int type;

        private final byte[] bytes;

        private Written(int type, byte[] bytes) {
            this.type = type;
            this.bytes = bytes;
        }
    }

    /// Which type an object is of; of several the most special one.
    ///
    /// @return -1 for none
    int indexOf(@Nullable Object object) {
        int best = -1;
        for (int i = 0; i < types.size(); i++) {
            if (types.get(i).isInstance(object) && (best < 0 || types.get(best).isAssignableFrom(types.get(i)))) {
                best = i;
            }
        }
        return best;
    }

    /// What is to be written in an object's place; itself if no type is its own.
    Object replace(Object object) throws IOException {
        int type = indexOf(object);
        if (type < 0) {
            return object;
        }
        var out = new ByteArrayOutputStream();
        try {
            codecs.get(type).write(object, out);
        } catch (Throwable thrown) {
            throw failure(type, thrown);
        }
        return new Written(type, out.toByteArray());
    }

    /// The object that was replaced.
    Object restore(Written written, ClassLoader loader) throws IOException {
        if (written.type < 0 || written.type >= types.size()) {
            throw new StreamCorruptedException("No type has number " + written.type);
        }
        var type = types.get(written.type);
        @Nullable Object object;
        try {
            object = codecs.get(written.type).read(new ByteArrayInputStream(written.bytes), loader);
        } catch (Throwable thrown) {
            throw failure(written.type, thrown);
        }
        if (object == null || !type.isInstance(object)) {
            throw new InvalidObjectException("The codec for " + type.getTypeName() + " has read "
                    + (object == null ? "null" : "a " + object.getClass().getTypeName()));
        }
        return object;
    }

    private InvalidObjectException failure(int type, Throwable thrown) {
        Refusal.rethrowFatal(thrown);
        return new InvalidObjectException(
                "the codec for " + types.get(type).getTypeName() + " threw " + Refusal.told(thrown), thrown);
    }
}
