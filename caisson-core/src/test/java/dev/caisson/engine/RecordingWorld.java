package dev.caisson.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Notes what the engine asks for, one line each, and answers for the boards as the test has set them.
final class RecordingWorld implements Effects, Boards {

    /// What was asked for since the last look.
    private final List<String> asked = new ArrayList<>();

    private final Map<Long, Integer> begun = new HashMap<>();
    private final Map<Long, Integer> running = new HashMap<>();
    private final Map<Long, Long> since = new HashMap<>();
    private boolean condemns = true;

    /// What was asked for since the last call.
    List<String> asked() {
        var all = List.copyOf(asked);
        asked.clear();
        return all;
    }

    /// The worker has begun the item, and runs it.
    void begins(long task, int item, long now) {
        begun.put(task, item + 1);
        running.put(task, item);
        since.put(task, now);
    }

    /// The worker has ended the item it ran, and published the result.
    void ends(long task) {
        running.remove(task);
    }

    /// Results are published in time: nothing can be condemned.
    void losesEveryCondemnation() {
        condemns = false;
    }

    @Override
    public int takeBack(int slot, int generation, long task) {
        return begun.getOrDefault(task, 0);
    }

    @Override
    public int runningItem(int slot, int generation, long task) {
        return running.getOrDefault(task, NONE);
    }

    @Override
    public long runningSince(int slot, int generation, long task) {
        return since.getOrDefault(task, 0L);
    }

    @Override
    public boolean condemn(int slot, int generation, long task, int item) {
        return condemns;
    }

    @Override
    public void launchWorker(int slot, int generation) {
        asked.add("launch %d/%d".formatted(slot, generation));
    }

    @Override
    public void sendTask(int slot, int generation, long task, int firstItem, int endItem, int attempt) {
        asked.add("send %d/%d task %d [%d, %d) attempt %d"
                .formatted(slot, generation, task, firstItem, endItem, attempt));
        begun.put(task, firstItem);
        running.remove(task);
    }

    @Override
    public void interruptTask(int slot, int generation, long task, int item, int attempt) {
        asked.add("interrupt %d/%d task %d item %d".formatted(slot, generation, task, item));
    }

    @Override
    public void extendLimit(int slot, int generation, long task, int item, int attempt, long allowanceNanos) {
        asked.add("extend %d/%d task %d item %d".formatted(slot, generation, task, item));
    }

    @Override
    public void dumpStacks(int slot, int generation, long task, int item, Ending sentence) {
        asked.add("stacks %d/%d task %d item %d".formatted(slot, generation, task, item));
    }

    @Override
    public void pingWorker(int slot, int generation) {
        asked.add("ping %d/%d".formatted(slot, generation));
    }

    @Override
    public void stopWorker(int slot, int generation) {
        asked.add("stop %d/%d".formatted(slot, generation));
    }

    @Override
    public void killWorker(int slot, int generation, KillReason reason) {
        asked.add("kill %d/%d %s".formatted(slot, generation, reason));
    }

    @Override
    public void splitTask(long task, long rest, int firstItem, int endItem) {
        asked.add("split task %d: %d [%d, %d)".formatted(task, rest, firstItem, endItem));
        begun.put(rest, firstItem);
    }

    @Override
    public void retryItem(long task, int item, Ending instead, int attempt) {
        asked.add("retry task %d item %d instead of %s attempt %d".formatted(task, item, instead, attempt));
    }

    @Override
    public void finishItem(long task, int item, Ending ending, int attempt) {
        asked.add("finish task %d item %d %s attempt %d".formatted(task, item, ending, attempt));
    }

    @Override
    public void roomInQueue() {
        asked.add("room");
    }

    @Override
    public void poolBroken() {
        asked.add("broken");
    }

    @Override
    public void poolTerminated() {
        asked.add("terminated");
    }
}
