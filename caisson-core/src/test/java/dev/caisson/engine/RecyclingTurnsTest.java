package dev.caisson.engine;

import static dev.caisson.engine.EngineFixture.MILLISECOND;
import static dev.caisson.engine.EngineFixture.opened;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Four workers under even load, each replaced after 40 tasks by one that takes two seconds to start.
class RecyclingTurnsTest {

    private static final int WORKERS = 4;
    private static final int MOST = 40;
    private static final long TASK_NANOS = 150 * MILLISECOND;
    private static final long START_NANOS = 2_000 * MILLISECOND;

    private final RecordingWorld world = new RecordingWorld();
    private final Map<String, Long> readyAt = new HashMap<>();
    private final Map<String, String> running = new HashMap<>();
    private final Map<String, Integer> taken = new HashMap<>();
    private final Set<String> left = new HashSet<>();

    @Test
    void neverLosesMoreThanOneWorkerAtATimeByPlan() {
        var engine = opened(world, new Settings().workers(WORKERS).maxTasksPerWorker(MOST));
        for (int task = 0; task < 2_000; task++) {
            engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        }
        note(0);

        int fewest = WORKERS;
        for (long now = TASK_NANOS; now < 400 * TASK_NANOS; now += TASK_NANOS) {
            finishAll(engine, now);
            startThoseWhoAreReady(engine, now);
            note(now);
            fewest = now > START_NANOS ? Math.min(fewest, running.size()) : fewest;
        }

        assertThat(fewest).isGreaterThanOrEqualTo(WORKERS - 1);
        assertThat(left.size()).isGreaterThan(30);
        assertThat(taken.values()).allMatch(tasks -> tasks <= MOST);
        assertThat(left).allMatch(worker -> worker.endsWith("/1") || taken.getOrDefault(worker, 0) >= MOST - MOST / 4);
    }

    private void finishAll(Engine engine, long now) {
        for (var worker : Map.copyOf(running).entrySet()) {
            running.remove(worker.getKey());
            world.ends(Long.parseLong(worker.getValue()));
            engine.itemFinished(
                    now,
                    slot(worker.getKey()),
                    generation(worker.getKey()),
                    Long.parseLong(worker.getValue()),
                    0,
                    ItemResult.SUCCEEDED,
                    TASK_NANOS);
            note(now);
        }
    }

    private void startThoseWhoAreReady(Engine engine, long now) {
        for (var worker : Map.copyOf(readyAt).entrySet()) {
            if (now >= worker.getValue()) {
                readyAt.remove(worker.getKey());
                engine.workerReady(now, slot(worker.getKey()), generation(worker.getKey()));
                note(now);
            }
        }
        for (var worker : Set.copyOf(left)) {
            engine.workerExited(now, slot(worker), generation(worker));
            note(now);
        }
    }

    private void note(long now) {
        for (var line : world.asked()) {
            var words = line.split(" ", -1);
            switch (words[0]) {
                case "launch" -> readyAt.put(words[1], now + START_NANOS);
                case "stop" -> left.add(words[1]);
                case "send" -> {
                    running.put(words[1], words[3]);
                    taken.merge(words[1], 1, Integer::sum);
                    world.begins(Long.parseLong(words[3]), 0, now);
                }
                default -> {}
            }
        }
    }

    private static int slot(String worker) {
        return Integer.parseInt(worker.split("/", -1)[0]);
    }

    private static int generation(String worker) {
        return Integer.parseInt(worker.split("/", -1)[1]);
    }
}
