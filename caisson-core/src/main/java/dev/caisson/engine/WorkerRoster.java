package dev.caisson.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Who is there, by slot. The lowest free slot is used first, and each slot counts its generations, so that what a
/// former worker still says is recognized.
final class WorkerRoster {

    private final List<Slot> slots = new ArrayList<>();
    private int size;

    /// Adds a worker of the next generation in the lowest free slot.
    Worker add(long now) {
        int index = 0;
        while (index < slots.size() && slots.get(index).worker != null) {
            index++;
        }
        if (index == slots.size()) {
            slots.add(new Slot());
        }
        var slot = slots.get(index);
        var worker = new Worker(index, ++slot.generation, now);
        slot.worker = worker;
        size++;
        return worker;
    }

    void remove(Worker worker) {
        if (find(worker.slot, worker.generation) != worker) {
            throw new IllegalStateException("Worker " + worker.slot + "/" + worker.generation + " is gone already");
        }
        slots.get(worker.slot).worker = null;
        size--;
    }

    /// The worker, unless it is gone.
    @Nullable Worker find(int slot, int generation) {
        var worker = slot >= 0 && slot < slots.size() ? slots.get(slot).worker : null;
        return worker != null && worker.generation == generation ? worker : null;
    }

    /// How many slots have been in use: workers are at `0` to here.
    int slots() {
        return slots.size();
    }

    /// Who is in a slot now.
    @Nullable Worker at(int slot) {
        return slots.get(slot).worker;
    }

    void forEach(Consumer<Worker> action) {
        for (int slot = 0; slot < slots.size(); slot++) {
            var worker = slots.get(slot).worker;
            if (worker != null) {
                action.accept(worker);
            }
        }
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /// How many count for the size of the pool.
    int places() {
        return count(worker -> worker.holdsPlace && !worker.isOutgoing());
    }

    /// How many hold tasks. One that is being killed may still run its own.
    int holding() {
        return count(worker -> !worker.held.isEmpty());
    }

    int count(WorkerPhase phase) {
        return count(worker -> worker.phase() == phase);
    }

    int count(Predicate<Worker> which) {
        int count = 0;
        for (int slot = 0; slot < slots.size(); slot++) {
            var worker = slots.get(slot).worker;
            count += worker != null && which.test(worker) ? 1 : 0;
        }
        return count;
    }

    List<WorkerView> views() {
        var views = new ArrayList<WorkerView>(size);
        forEach(worker -> views.add(
                new WorkerView(worker.slot, worker.generation, worker.phase(), worker.held.size(), worker.itemsDone)));
        return views;
    }

    private static final class Slot {
        int generation;

        @Nullable Worker worker;
    }
}
