package dev.caisson.fleet;

import java.util.ArrayList;
import java.util.List;

/// Results that a worker's reader has read, and the pool has not been told of. Reader thread only, and after its end
/// the thread that sees to the worker's departure.
final class Arrivals {

    private final ProcessWorker worker;
    private final MemoryGuard memory;
    private final WorkerEvents events;
    private List<WorkerEvents.ItemResultFrame> arrived = new ArrayList<>();

    /// Whether it was told that the worker is to be replaced for its memory.
    private boolean tooLarge;

    private volatile long count;

    Arrivals(ProcessWorker worker, MemoryGuard memory, WorkerEvents events) {
        this.worker = worker;
        this.memory = memory;
        this.events = events;
    }

    void add(WorkerEvents.ItemResultFrame result) {
        arrived.add(result);
    }

    /// How many results were told.
    long count() {
        return count;
    }

    /// Tells all of them at once.
    ///
    /// @param staying whether the worker is to get further tasks
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    void deliver(boolean staying) {
        if (arrived.isEmpty()) {
            return;
        }
        var next = new ArrayList<WorkerEvents.ItemResultFrame>();
        if (staying && !tooLarge && memory.isTooLargeAfterTask(worker, count == 0)) {
            tooLarge = true;
            events.overMemory(worker); // first, or it would be given one more task
        }
        count += arrived.size();
        events.itemsFinished(worker, arrived);
        arrived = next; // not before: what could not be told is told again at the departure
    }
}
