package dev.caisson.batch;

import dev.caisson.protocol.Encoded;
import dev.caisson.runtime.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Items of a batch that travel together. Filled by one thread, before it is submitted.
final class BatchChunk<A extends @Nullable Object, R extends @Nullable Object> {

    private final List<BatchItem<A, R>> items = new ArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private long bytes;

    /// Null until it is submitted, and if it is refused.
    volatile @Nullable Submission submission;

    /// @param item encoded already
    void add(BatchItem<A, R> item) {
        item.chunk = this;
        items.add(item);
        bytes += item.sent.size();
        open.incrementAndGet();
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    long bytes() {
        return bytes;
    }

    List<BatchItem<A, R>> items() {
        return items;
    }

    List<Encoded> encoded() {
        return items.stream().map(item -> item.sent).toList();
    }

    /// Whether that was the last one.
    boolean itemEnded() {
        return open.decrementAndGet() == 0;
    }
}
