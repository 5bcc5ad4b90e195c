package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.PoolBrokenException;
import dev.caisson.TaskEvent;
import dev.caisson.TaskListener;
import dev.caisson.TaskStep;
import dev.caisson.TaskTimeoutException;
import dev.caisson.WorkerDeath;
import dev.caisson.WorkerExitReason;
import dev.caisson.WorkerInfo;
import dev.caisson.WorkerStartException;
import dev.caisson.testing.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Notes all that it is told.
final class Diary implements TaskListener {

    private final ConcurrentLinkedQueue<String> entries = new ConcurrentLinkedQueue<>();

    List<String> entries() {
        return new ArrayList<>(entries);
    }

    List<String> workers() {
        return entries.stream()
                .filter(entry -> entry.startsWith("worker "))
                .map(entry -> entry.substring("worker ".length()))
                .toList();
    }

    List<String> tasks() {
        return entries.stream()
                .filter(entry -> !entry.startsWith("worker ") && !entry.startsWith("pool "))
                .toList();
    }

    List<String> verbs() {
        return tasks().stream().map(entry -> entry.replaceAll(" \\d+/.*", "")).toList();
    }

    /// What was told of one item, in order: the words before its number.
    List<String> verbsOf(long task, int item) {
        return tasks().stream()
                .filter(entry ->
                        entry.contains(" " + task + "/" + item + " ") || entry.contains(" " + task + "/" + item + ","))
                .map(entry -> entry.replaceAll(" \\d+/.*", ""))
                .toList();
    }

    void awaitEnd() {
        Await.until("the last event was told", () -> entries.contains("pool terminated"));
    }

    @Override
    public void taskSubmitted(TaskStep task) {
        entries.add("submitted " + text(task));
    }

    @Override
    public void taskStarted(TaskStep task, WorkerInfo worker) {
        assertThat(worker.pid()).isPositive();
        entries.add("started " + text(task));
    }

    @Override
    public void taskRetried(TaskStep task) {
        entries.add("retried " + text(task));
    }

    @Override
    public void taskOverLimit(TaskStep task, TaskTimeoutException.Limit limit) {
        entries.add("over " + limit + " " + text(task));
    }

    @Override
    public void taskFinished(TaskEvent event) {
        entries.add("finished " + event.taskId() + "/" + event.item()
                + event.label().map(text -> " " + text).orElse("")
                + event.correlationId().map(text -> " " + text).orElse("") + ", attempts " + event.attempts() + ": "
                + event.ending());
    }

    private static String text(TaskStep task) {
        return task.taskId() + "/" + task.item()
                + task.label().map(text -> " " + text).orElse("")
                + task.correlationId().map(text -> " " + text).orElse("") + ", attempt " + task.attempt()
                + task.softTimeLimit().map(limit -> ", soft " + limit).orElse("")
                + task.timeLimit().map(limit -> ", hard " + limit).orElse("");
    }

    @Override
    public void workerStarted(WorkerInfo worker) {
        entries.add("worker started");
    }

    @Override
    public void workerReady(WorkerInfo worker) {
        entries.add("worker ready");
    }

    @Override
    public void workerExited(WorkerInfo worker, WorkerDeath death, WorkerExitReason reason) {
        entries.add("worker exited " + reason);
    }

    @Override
    public void workerStartFailed(WorkerStartException failure) {
        entries.add("worker start failed");
    }

    @Override
    public void poolBroken(PoolBrokenException failure) {
        entries.add("pool broken");
    }

    @Override
    public void poolTerminated() {
        entries.add("pool terminated");
    }
}
