package dev.caisson.fleet;

import dev.caisson.Action;
import dev.caisson.AroundTask;
import dev.caisson.TaskContext;
import dev.caisson.codec.JdkCodec;
import dev.caisson.codec.TaskEncoding;
import dev.caisson.protocol.Encoded;
import dev.caisson.settings.PoolSettings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a worker does before its first task: it learns what surrounds each of them, and runs the user's initializer.
record Prelude(AroundTask around, @Nullable Action initializer) implements Action {

    /// The bytes of what workers begin with; empty for nothing.
    ///
    /// @throws dev.caisson.TaskSerializationException if one of them can't be sent
    static Optional<Encoded> encoded(PoolSettings.Hooks hooks) {
        var alone = hooks.initializer().map(action -> encode(action, "initializer"));
        if (hooks.around().isEmpty()) {
            return alone;
        }
        var around = hooks.around().get();
        encode(around, "aroundTask"); // by itself first, so that a refusal names it
        return Optional.of(encode(new Prelude(around, hooks.initializer().orElse(null)), "initializer"));
    }

    private static Encoded encode(Object value, String role) {
        return TaskEncoding.encode(value, new JdkCodec(), role);
    }

    @Override
    public void perform() throws Exception {
        TaskContext.surround(around);
        if (initializer != null) {
            initializer.perform();
        }
    }
}
