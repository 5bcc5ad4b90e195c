package dev.caisson.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.PoolBrokenException;
import dev.caisson.RetryCause;
import dev.caisson.TaskEnding;
import dev.caisson.TaskEvent;
import dev.caisson.TaskListener;
import dev.caisson.TaskOptions;
import dev.caisson.TaskStep;
import dev.caisson.TaskTimeoutException.Limit;
import dev.caisson.WorkerDeath;
import dev.caisson.WorkerExitReason;
import dev.caisson.WorkerInfo;
import dev.caisson.WorkerStartException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever befalls a pool, its listeners are told a whole story of each item and of each worker.
@Tag("row-26")
@Tag("row-38")
@Timeout(20)
class StoryPropertyTest {

    /// An item: S taken in, B begun, R sent again, o over its soft or hard limit, q over that of the queue, F ended.
    private static final Pattern ITEM = Pattern.compile("SF|SqF|SBo*(RBo*)*F|S(Bo*R)+q?F|SBo*(RBo*)*q?F");

    /// A worker: s started, r ready, x gone; or it failed to start, which is told of no worker.
    private static final Pattern WORKER = Pattern.compile("s|sx|srx");

    private static final Duration LIMIT = Duration.ofMillis(40);

    static LongStream seeds() {
        return LongStream.range(0, 150);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void tellsAWholeStoryOfEachItemAndWorker(long seed) throws InterruptedException {
        var random = new Random(seed);
        var story = new Story();
        long taken;
        try (var pool = pool(random, story)) {
            var futures = new ArrayList<Future<?>>();
            for (int step = 0; step < 30; step++) {
                act(random, pool, futures);
            }
            if (random.nextInt(4) == 0) {
                pool.terminate();
            }
            pool.runUntilIdle();
            assertThat(futures).as("seed %d", seed).allMatch(Future::isDone);
            taken = pool.snapshot().ledger().submitted();
        }
        assertThat(story.told.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(story.items).as("seed %d", seed).hasSize((int) taken);
        story.items.forEach((item, letters) ->
                assertThat(letters).as("seed %d, %s", seed, item).matches(ITEM));
        story.workers.forEach((worker, letters) ->
                assertThat(letters).as("seed %d, %s", seed, worker).matches(WORKER));
        assertThat(story.wrong).as("seed %d", seed).isEmpty();
        assertThat(story.ended).as("seed %d", seed).isOne();
    }

    /// Does something to the pool.
    private static void act(Random random, SimulatedPool pool, List<Future<?>> futures) {
        switch (random.nextInt(8)) {
            case 0 -> pool.advance(Duration.ofMillis(random.nextInt(60)));
            case 1 -> {
                int items = 1 + random.nextInt(8);
                futures.add(pool.batch(IntStream.range(0, items).boxed().toList())
                        .chunkSize(1 + random.nextInt(items))
                        .ahead(items)
                        .options(options(random))
                        .map(item -> item)
                        .future());
            }
            case 2 -> {
                if (!futures.isEmpty()) {
                    futures.get(random.nextInt(futures.size())).cancel(random.nextBoolean());
                }
            }
            case 3 -> {
                if (random.nextInt(4) == 0) {
                    pool.restartWorkers();
                } else {
                    pool.resize(1 + random.nextInt(3));
                }
            }
            default -> futures.add(pool.submit(() -> 1, options(random)));
        }
    }

    private static TaskOptions options(Random random) {
        var options = TaskOptions.DEFAULT
                .withTimeLimit(LIMIT.multipliedBy(2))
                .withRetries(random.nextInt(3))
                .withRetryOn(RetryCause.CRASH, RetryCause.TIMEOUT);
        options = random.nextInt(3) == 0 ? options.withSoftTimeLimit(LIMIT) : options;
        options = random.nextInt(3) == 0 ? options.withQueueTimeLimit(LIMIT) : options;
        return random.nextInt(3) == 0 ? options.withRetryOnFailure(IllegalStateException.class) : options;
    }

    private static SimulatedPool pool(Random random, TaskListener listener) {
        var builder = SimulatedPool.builder()
                .manual()
                .settings(real -> real.workers(1 + random.nextInt(3))
                        .maxTasksPerWorker(random.nextInt(3) == 0 ? 4 : 1000)
                        .listener(listener));
        if (random.nextInt(3) == 0) {
            builder.failingStarts(2);
        }
        for (int fault = random.nextInt(20); fault > 0; fault--) {
            builder.task(
                    1 + random.nextInt(40),
                    switch (random.nextInt(6)) {
                        case 0 -> TaskScript.crashes(139).once();
                        case 1 -> TaskScript.crashes(1);
                        case 2 -> TaskScript.hangs();
                        case 3 ->
                            TaskScript.fails(new IllegalStateException("planted"))
                                    .times(2);
                        case 4 -> TaskScript.crashesAfterResult(1);
                        default -> TaskScript.hangs().ignoringInterrupts().once();
                    });
        }
        return builder.build();
    }

    /// What was told, a letter for each event.
    private static final class Story implements TaskListener {

        final Map<String, String> items = new TreeMap<>();
        final Map<WorkerInfo, String> workers = new LinkedHashMap<>();
        final List<String> wrong = new ArrayList<>();
        final CountDownLatch told = new CountDownLatch(1);
        int ended;

        private void add(long task, int item, String letter) {
            items.merge("task " + task + ", item " + item, letter, String::concat);
            note(ended == 0, "told after the end of the pool: " + letter + " of task " + task);
        }

        private void note(boolean right, String otherwise) {
            if (!right) {
                wrong.add(otherwise);
            }
        }

        private long count(TaskEvent event, char letter) {
            return items.getOrDefault("task " + event.taskId() + ", item " + event.item(), "")
                    .chars()
                    .filter(each -> each == letter)
                    .count();
        }

        @Override
        public void taskSubmitted(TaskStep task) {
            add(task.taskId(), task.item(), "S");
        }

        @Override
        public void taskStarted(TaskStep task, WorkerInfo worker) {
            add(task.taskId(), task.item(), "B");
            note("sr".equals(workers.get(worker)), "begun by a worker that is not there: " + worker);
        }

        @Override
        public void taskRetried(TaskStep task) {
            add(task.taskId(), task.item(), "R");
        }

        @Override
        public void taskOverLimit(TaskStep task, Limit limit) {
            add(task.taskId(), task.item(), limit == Limit.QUEUE ? "q" : "o");
        }

        @Override
        public void taskFinished(TaskEvent event) {
            note(count(event, 'B') == event.attempts(), "not as many begins as attempts: " + event);
            note(event.ending() != TaskEnding.SUCCEEDED || event.attempts() > 0, "succeeded without a begin: " + event);
            add(event.taskId(), event.item(), "F");
        }

        @Override
        public void workerStarted(WorkerInfo worker) {
            workers.merge(worker, "s", String::concat);
        }

        @Override
        public void workerReady(WorkerInfo worker) {
            workers.merge(worker, "r", String::concat);
        }

        @Override
        public void workerExited(WorkerInfo worker, WorkerDeath death, WorkerExitReason reason) {
            workers.merge(worker, "x", String::concat);
            note(ended == 0, "told after the end of the pool: the end of " + worker);
        }

        @Override
        public void workerStartFailed(WorkerStartException failure) {
            note(ended == 0, "told after the end of the pool: " + failure.getMessage());
        }

        @Override
        public void poolBroken(PoolBrokenException failure) {
            note(ended == 0, "told after the end of the pool: " + failure.getMessage());
        }

        @Override
        public void poolTerminated() {
            ended++;
            told.countDown();
        }
    }
}
