package dev.caisson.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.ItemOutcome;
import dev.caisson.ProcessPool;
import dev.caisson.RetryCause;
import dev.caisson.TaskOptions;
import dev.caisson.WorkerOutput;
import dev.caisson.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Callers, hostile tasks and hostile neighbours drawn from one seed, upon one pool of real processes; and whether all
/// that was promised held.
final class Chaos implements AutoCloseable {

    private static final int HEALTHY_PERCENT = 95;
    private static final int MOST_OPEN = 60;
    private static final int MOST_MAPS = 2;
    private static final int MOST_WORKERS = 4;
    private static final int MOST_ITEMS = 60;
    private static final Duration LIMIT = Duration.ofMillis(700);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    private final Random random;
    private final Events events = new Events();
    private final ProcessPool pool;
    private final List<Deal> open = new ArrayList<>();
    private final List<Future<?>> maps = new ArrayList<>();
    private final ExecutorService mappers = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    private int number;

    Chaos(long seed) {
        random = new Random(seed);
        pool = ProcessPool.builder()
                .workers(2)
                .name("chaos-" + seed)
                .maxHeap("32m")
                .jvmOptions(Jitter.jvmOptions(10, 2, seed))
                .killGrace(Duration.ofMillis(500))
                .silenceLimit(Duration.ofSeconds(2))
                .startTimeLimit(Duration.ofSeconds(15)) // one that is stopped while it starts is noticed then
                .restartLimit(10_000, Duration.ofSeconds(10))
                .maxTasksPerWorker(100)
                .queueCapacity(2 * MOST_OPEN)
                .output(WorkerOutput.discard())
                .listener(events)
                .build();
    }

    ProcessPool pool() {
        return pool;
    }

    /// Does one thing.
    void step() throws Exception {
        int draw = random.nextInt(1000);
        if (draw < 760) {
            submit();
        } else if (draw < 800) {
            map();
        } else if (draw < 960) {
            cancel();
        } else if (draw < 972) {
            signal("KILL");
        } else if (draw < 976) {
            signal("STOP");
        } else if (draw < 984) {
            anyWorker().ifPresent(pool::terminateWorker);
        } else if (draw < 996) {
            pool.resize(1 + random.nextInt(MOST_WORKERS));
        } else {
            pool.restartWorkers();
        }
        if (open.size() >= MOST_OPEN) {
            awaitOpen(MOST_OPEN / 2);
        }
        assertThat(events.breaks).isEmpty();
    }

    /// Lets all end, and checks the books.
    void finish() throws Exception {
        awaitOpen(0);
        joinMaps(0);
        assertThat(pool.submit(Work.square(3)).get(LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS))
                .isEqualTo(9);
        var books = pool.snapshot().ledger();
        assertThat(books.balanced(0)).as("%s", books).isTrue();
        Await.until("no more tasks than workers have died: " + books, () -> events.deaths.size() >= books.crashed());
        pool.close(Duration.ofSeconds(20));
        assertThat(pool.awaitTermination(LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        System.out.println("Chaos: " + counts + ", " + books + ", " + events.deaths.size() + " deaths");
    }

    @Override
    public void close() {
        pool.terminate();
        mappers.close();
    }

    private void submit() {
        var deal = new Deal(number++, drawDeed(), drawOptions());
        deal.submitTo(pool);
        open.add(deal);
    }

    private Optional<Deed> drawDeed() {
        if (random.nextInt(100) < HEALTHY_PERCENT) {
            return Optional.empty();
        }
        var deed = Deed.values()[random.nextInt(Deed.values().length)];
        return deed == Deed.SIGSTOP && random.nextInt(4) > 0 ? Optional.empty() : Optional.of(deed); // it takes long
    }

    /// All have a limit, since nothing else ends some of them.
    private TaskOptions drawOptions() {
        var options = TaskOptions.DEFAULT
                .withTimeLimit(LIMIT)
                .withPriority(random.nextInt(3))
                .withRetries(random.nextInt(3));
        return switch (random.nextInt(8)) {
            case 0 -> options.withRetryOnFailure(Throwable.class);
            case 1 -> options.withRetryBackoff(Duration.ofMillis(random.nextInt(1, 50)));
            case 2 -> options.withRetryOn(RetryCause.values());
            case 3 -> options.withTotalTimeLimit(LIMIT.multipliedBy(4));
            default -> options;
        };
    }

    private void cancel() {
        if (!open.isEmpty()) {
            open.get(random.nextInt(open.size())).cancel(random.nextBoolean());
        }
    }

    private void signal(String name) throws Exception {
        var pid = anyWorker();
        if (pid.isPresent()) {
            var ignored = new ProcessBuilder("kill", "-" + name, Long.toString(pid.getAsLong()))
                    .redirectErrorStream(true)
                    .start()
                    .waitFor(); // it may be gone already
        }
    }

    private OptionalLong anyWorker() {
        var pids = pool.snapshot().workers().stream()
                .flatMapToLong(worker -> worker.pid().stream())
                .toArray();
        return pids.length == 0 ? OptionalLong.empty() : OptionalLong.of(pids[random.nextInt(pids.length)]);
    }

    private void map() throws Exception {
        joinMaps(MOST_MAPS - 1);
        int items = 1 + random.nextInt(MOST_ITEMS);
        int hostile = random.nextInt(2 * MOST_ITEMS);
        var deed = drawDeed();
        int taken = random.nextBoolean() ? items : random.nextInt(items);
        @Nullable Deed what = deed.orElse(null);
        var batch = pool.batch(IntStream.range(0, items).boxed().toList())
                .chunkSize(1 + random.nextInt(20))
                .options(drawOptions());
        maps.add(mappers.submit(() -> {
            try (var run = batch.map(item -> Deal.run(item, item == hostile ? what : null))) {
                check(run.unorderedItems().limit(taken).iterator(), hostile, deed);
            }
            return null;
        }));
    }

    private static void check(Iterator<ItemOutcome<Integer, Integer>> items, int hostile, Optional<Deed> deed) {
        while (items.hasNext()) {
            var item = items.next();
            int index = (int) item.index();
            var itsDeed = index == hostile ? deed : Optional.<Deed>empty();
            Deal.check("item " + index, index, itsDeed, true, false, item.outcome());
        }
    }

    private void joinMaps(int left) throws Exception {
        while (maps.size() > left) {
            try {
                maps.removeFirst().get(LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException failure) {
                throw new AssertionError("A map failed", failure.getCause());
            }
        }
    }

    /// Waits until so many are open, as long as some end every now and then: a loaded machine may be slow.
    private void awaitOpen(int left) {
        long ended = -1;
        while (!Await.holdsWithin(LONG_ENOUGH, () -> settle(left))) {
            var now = pool.snapshot();
            if (now.ledger().ended() == ended) {
                throw new AssertionError("Nothing ends any more: " + now + ", open " + open);
            }
            ended = now.ledger().ended();
        }
    }

    /// Checks what has ended.
    private boolean settle(int left) {
        open.removeIf(deal -> {
            boolean done = deal.isDone();
            if (done) {
                counts.merge(deal.check(), 1, Integer::sum);
            }
            return done;
        });
        return open.size() <= left;
    }
}
