package dev.caisson.engine;

import java.util.Arrays;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// All deadlines of a pool, earliest first: a binary heap whose entries know their place, so that cancelling one costs
/// no search. Owns no clock.
final class Deadlines {

    /// Waiting longer is waiting for ever. Keeps sums with `now` within the range in which differences tell the order.
    private static final long FOREVER = Long.MAX_VALUE / 4;

    private Deadline[] heap = new Deadline[16];
    private int size;
    private long set;

    /// Sets one that strikes after a delay.
    Deadline in(long delayNanos, long now, LongConsumer strike) {
        return at(now + Math.min(delayNanos, FOREVER), strike);
    }

    /// Sets one that strikes at a time.
    Deadline at(long time, LongConsumer strike) {
        var deadline = new Deadline(time, set++, strike);
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        siftUp(size++, deadline);
        return deadline;
    }

    /// Nothing happens when there is none, or it has struck already.
    void cancel(@Nullable Deadline deadline) {
        if (deadline != null && isSet(deadline)) {
            remove(deadline);
        }
    }

    /// Whether it is still to strike.
    static boolean isSet(@Nullable Deadline deadline) {
        return deadline != null && deadline.index != Deadline.NOT_SET;
    }

    /// Takes the earliest one out if its time has come.
    @Nullable Deadline pollDue(long now) {
        if (size == 0 || heap[0].at - now > 0) {
            return null;
        }
        var due = heap[0];
        remove(due);
        return due;
    }

    /// When the next one strikes, or `Long.MAX_VALUE`.
    long earliest() {
        return size == 0 ? Long.MAX_VALUE : heap[0].at;
    }

    int size() {
        return size;
    }

    private void remove(Deadline deadline) {
        int hole = deadline.index;
        var last = heap[--size];
        clear(heap, size);
        deadline.index = Deadline.NOT_SET;
        if (last == deadline) {
            return;
        }
        if (hole > 0 && last.isBefore(heap[(hole - 1) / 2])) {
            siftUp(hole, last);
        } else {
            siftDown(hole, last);
        }
    }

    @SuppressWarnings("NullAway") // what lies beyond the size is never read
    private static void clear(Deadline[] heap, int index) {
        heap[index] = null;
    }

    private void siftUp(int start, Deadline deadline) {
        int hole = start;
        while (hole > 0) {
            int parent = (hole - 1) / 2;
            if (!deadline.isBefore(heap[parent])) {
                break;
            }
            put(hole, heap[parent]);
            hole = parent;
        }
        put(hole, deadline);
    }

    private void siftDown(int start, Deadline deadline) {
        int hole = start;
        for (int child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
            if (child + 1 < size && heap[child + 1].isBefore(heap[child])) {
                child++;
            }
            if (!heap[child].isBefore(deadline)) {
                break;
            }
            put(hole, heap[child]);
            hole = child;
        }
        put(hole, deadline);
    }

    private void put(int index, Deadline deadline) {
        heap[index] = deadline;
        deadline.index = index;
    }
}
