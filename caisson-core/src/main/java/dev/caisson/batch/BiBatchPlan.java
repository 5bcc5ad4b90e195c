package dev.caisson.batch;

import dev.caisson.Batch;
import dev.caisson.BatchRun;
import dev.caisson.BiBatch;
import dev.caisson.Pair;
import dev.caisson.TaskBiFunction;
import dev.caisson.TaskFunction;
import dev.caisson.TaskOptions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A batch of pairs.
public record BiBatchPlan<A extends @Nullable Object, B extends @Nullable Object>(Batch<Pair<A, B>> pairs)
        implements BiBatch<A, B> {

    @Override
    public BiBatch<A, B> chunkSize(int size) {
        return new BiBatchPlan<>(pairs.chunkSize(size));
    }

    @Override
    public BiBatch<A, B> options(TaskOptions each) {
        return new BiBatchPlan<>(pairs.options(each));
    }

    @Override
    public BiBatch<A, B> ahead(int items) {
        return new BiBatchPlan<>(pairs.ahead(items));
    }

    @Override
    public <R extends @Nullable Object> BatchRun<Pair<A, B>, R> map(
            TaskBiFunction<? super A, ? super B, ? extends R> function) {
        Objects.requireNonNull(function, "function");
        TaskFunction<Pair<A, B>, R> ofPair = pair -> function.apply(pair.first(), pair.second());
        return pairs.map(ofPair);
    }
}
