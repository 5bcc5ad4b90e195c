package dev.caisson.codec;

import dev.caisson.TaskCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One codec for what goes to a worker, and one for what comes back.
///
/// It travels as one, and whoever encodes or decodes takes the half that is due.
///
/// @param tasks for tasks, functions and items
/// @param results for results and errors
public record CodecPair(TaskCodec tasks, TaskCodec results) implements TaskCodec {

    /// Puts together what a user has asked for.
    ///
    /// @param results null if the same as for tasks
    /// @param types what the standard codec is to leave to others
    public static TaskCodec of(TaskCodec tasks, @Nullable TaskCodec results, Map<Class<?>, TaskCodec> types) {
        var there = withTypes(tasks, types);
        return results == null ? there : new CodecPair(there, withTypes(results, types));
    }

    /// Whether the standard codec is one of the two.
    public static boolean usesStandard(TaskCodec tasks, @Nullable TaskCodec results) {
        return tasks instanceof JdkCodec || results instanceof JdkCodec;
    }

    private static TaskCodec withTypes(TaskCodec codec, Map<Class<?>, TaskCodec> types) {
        return codec instanceof JdkCodec && !types.isEmpty() ? JdkCodec.with(types) : codec;
    }

    static TaskCodec tasksOf(TaskCodec codec) {
        return codec instanceof CodecPair pair ? tasksOf(pair.tasks()) : codec;
    }

    static TaskCodec resultsOf(TaskCodec codec) {
        return codec instanceof CodecPair pair ? resultsOf(pair.results()) : codec;
    }

    /// The codec for reading what workers send: they are not trusted.
    ///
    /// @param filter the user's, for the classes of results
    public static TaskCodec guarded(TaskCodec codec, Optional<ObjectInputFilter> filter) {
        var results = resultsOf(codec);
        return results instanceof JdkCodec standard ? standard.guarded(filter) : results;
    }

    @Override
    public void write(@Nullable Object value, OutputStream out) throws IOException {
        tasks.write(value, out);
    }

    @Override
    public @Nullable Object read(InputStream in, ClassLoader loader) throws IOException, ClassNotFoundException {
        return tasks.read(in, loader);
    }
}
