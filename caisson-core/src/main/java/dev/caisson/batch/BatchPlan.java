package dev.caisson.batch;

import dev.caisson.Batch;
import dev.caisson.BatchRun;
import dev.caisson.TaskFunction;
import dev.caisson.TaskOptions;
import dev.caisson.runtime.Submitter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Inputs and how they are to be worked on.
public record BatchPlan<A extends @Nullable Object>(Submitter submitter, Iterable<A> items, BatchShape shape)
        implements Batch<A> {

    @Override
    public Batch<A> chunkSize(int size) {
        return new BatchPlan<>(submitter, items, shape.withChunkSize(size));
    }

    @Override
    public Batch<A> options(TaskOptions each) {
        submitter.check(each);
        return new BatchPlan<>(submitter, items, shape.withOptions(each));
    }

    @Override
    public Batch<A> ahead(int count) {
        return new BatchPlan<>(submitter, items, shape.withAhead(count));
    }

    @Override
    public <R extends @Nullable Object> BatchRun<A, R> map(TaskFunction<? super A, ? extends R> function) {
        Objects.requireNonNull(function, "function");
        submitter.checkTaking();
        return new BatchDrive<>(submitter, items, shape, submitter.encode(function, "function"));
    }
}
