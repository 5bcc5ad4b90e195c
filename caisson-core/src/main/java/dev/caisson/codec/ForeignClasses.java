package dev.caisson.codec;

import dev.caisson.protocol.Encoded;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The class loaders that the classes of one value come from, as far as a worker has not got them. Nearly always there
/// are none.
///
/// It is at hand in a [ThreadLocal] while the value is written, so that it is found also by [JdkCodec] inside a codec
/// of the user's, and stays with the encoded bytes afterwards: to keep the loaders alive, and to read the task's
/// result.
final class ForeignClasses {

    private static final ThreadLocal<@Nullable ForeignClasses> WRITING = new ThreadLocal<>();

    private final @Nullable ForeignClasses outer = WRITING.get();
    private final List<ClassLoader> loaders = new ArrayList<>(0);
    private final List<ForeignLoader> known = new ArrayList<>(0);

    private ForeignClasses() {}

    /// Begins to note the loaders of what this thread writes. To be followed by [#end()].
    static ForeignClasses begin(@Nullable Object value) {
        var begun = new ForeignClasses();
        WRITING.set(begun);
        if (value != null) {
            var ignored = begun.numberOf(value.getClass());
        }
        return begun;
    }

    /// What this thread is noting.
    ///
    /// @return null if it writes nothing that goes to a worker
    static @Nullable ForeignClasses writing() {
        return WRITING.get();
    }

    void end() {
        if (outer == null) {
            WRITING.remove();
        } else {
            WRITING.set(outer);
        }
    }

    /// The number of a class's loader; 0 if a worker finds the class by itself.
    long numberOf(Class<?> type) {
        @Nullable ClassLoader loader = type.getClassLoader();
        if (loader == null || ForeignLoader.isAtHome(loader)) {
            return 0;
        }
        int at = loaders.indexOf(loader);
        if (at >= 0) {
            return known.get(at).number();
        }
        var found = ForeignLoader.of(loader);
        loaders.add(loader);
        known.add(found);
        return found.number();
    }

    /// Notes on encoded bytes what was found while they were written.
    Encoded sign(Encoded bytes) {
        return known.isEmpty() ? bytes : bytes.withClasses(known.getFirst().number(), new Origin(List.copyOf(loaders)));
    }

    /// The class loaders of a value, the most important first. Keeps them alive.
    record Origin(List<ClassLoader> loaders) {}
}
