package dev.caisson.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.SerializedLambda;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes one object without those that it holds, to learn what these are.
///
/// Asking serialization itself sees what it sees: transient fields, `writeObject`, `writeReplace`, records, the insides
/// of the JDK's classes, and the captured arguments of lambdas, all of which reflection may be denied. The first object
/// written is the one in question; each further one is noted, and null written in its place.
final class ShallowWriter extends ObjectWriter {

    private Object written;
    private boolean begun;
    private final List<Object> parts = new ArrayList<>();

    private ShallowWriter(Object object, TypeCodecs types) throws IOException {
        super(OutputStream.nullOutputStream(), types);
        written = object;
        writeObject(object);
    }

    /// Takes an object apart.
    ///
    /// @throws IOException if it can't be written, whatever it holds
    static ShallowWriter of(Object object, TypeCodecs types) throws IOException {
        return new ShallowWriter(object, types);
    }

    /// What is written in the object's place: itself, or what its `writeReplace` gave.
    Object written() {
        return written;
    }

    /// The objects it holds, in the order they are written; after their own `writeReplace`, but not so for a lambda's.
    List<Object> parts() {
        if (!(written instanceof SerializedLambda lambda)) {
            return parts;
        }
        var arguments = new ArrayList<>();
        for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
            if (lambda.getCapturedArg(i) != null) {
                arguments.add(lambda.getCapturedArg(i));
            }
        }
        return arguments;
    }

    @Override
    protected @Nullable Object replaceObject(Object object) throws IOException {
        if (!begun) {
            begun = true;
            written = object;
            return super.replaceObject(object);
        }
        parts.add(object);
        return null;
    }
}
