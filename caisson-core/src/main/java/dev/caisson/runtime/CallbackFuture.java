package dev.caisson.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A future whose dependents run on the executor for callbacks unless they name another one.
public final class CallbackFuture<T extends @Nullable Object> extends CompletableFuture<T> {

    private final Executor callbacks;

    public CallbackFuture(Executor callbacks) {
        this.callbacks = callbacks;
    }

    @Override
    public Executor defaultExecutor() {
        return callbacks;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CallbackFuture<>(callbacks);
    }
}
