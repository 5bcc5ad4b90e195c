package dev.caisson.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.ItemOutcome;
import dev.caisson.Outcome;
import dev.caisson.ProcessPool;
import dev.caisson.TaskFuture;
import dev.caisson.WorkerOutput;
import dev.caisson.testing.Await;
import dev.caisson.testing.RunningProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// One cell on real processes, and the rule that every cell is judged by: what had begun is blamed, all others get
/// their results, the pool heals, the books balance, nothing is left.
final class CellRun {

    private static final int TASKS = 8;
    private static final int ITEMS = 16;
    private static final int CHUNK = 8;
    private static final Duration SOFT_LIMIT = Duration.ofMillis(500);
    private static final Duration HARD_LIMIT = Duration.ofSeconds(2);
    private static final Duration START_LIMIT = Duration.ofSeconds(6);
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(3);
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final long LONG_ENOUGH_SECONDS = 120;

    private final Cell cell;
    private final Path token;
    private final Events events = new Events();

    CellRun(Cell cell, Path folder) {
        this.cell = cell;
        this.token = folder.resolve(cell.toString());
    }

    void run() throws Exception {
        var pool = open();
        try {
            var outcomes = cell.site().needsChunks() ? items(pool) : tasks(pool);
            if (cell.site() != Site.CLOSING) {
                Await.until("the deed is done", Duration.ofSeconds(60), () -> Files.exists(token));
                assertThat(get(pool.submit(Work.square(11))))
                        .as("the pool goes on")
                        .isEqualTo(121);
            }
            checkDeaths();
            checkBooks(pool, outcomes);
        } finally {
            pool.close(Duration.ofSeconds(30));
        }
        assertThat(pool.awaitTermination(LONG_ENOUGH_SECONDS, TimeUnit.SECONDS))
                .as("it ends")
                .isTrue();
        assertThat(token).as("the deed was done").exists();
        checkEnd(pool);
    }

    private ProcessPool open() {
        var plan = new Fault.Plan(cell.site().point, cell.site().visit, cell.deed(), false, token.toString());
        var builder = ProcessPool.builder()
                .workers(cell.workers())
                .name("matrix-" + cell)
                .maxHeap("32m")
                .jvmOptions(plan.jvmOptions())
                .killGrace(GRACE)
                .output(WorkerOutput.discard())
                .listener(events);
        if (cell.deed() == Deed.SIGSTOP) {
            builder = builder.silenceLimit(SILENCE_LIMIT);
        }
        if (cell.deed().hangs() && cell.site().isInTask()) {
            builder = builder.softTimeLimit(SOFT_LIMIT).timeLimit(HARD_LIMIT);
        }
        if (cell.site().isBeforeReady() && (cell.deed().hangs() || cell.deed() == Deed.SIGSTOP)) {
            builder = builder.startTimeLimit(START_LIMIT).restartLimit(20, Duration.ofSeconds(30));
        }
        if (cell.site() == Site.INITIALIZER) {
            builder = builder.initializer(Work.NOTHING);
        }
        if (cell.site() == Site.RECYCLING) {
            builder = builder.maxTasksPerWorker(2);
        }
        return builder.build();
    }

    private List<Outcome<Integer>> tasks(ProcessPool pool) throws Exception {
        var futures = IntStream.range(0, TASKS)
                .mapToObj(number -> pool.submit(Work.square(number)))
                .toList();
        var outcomes = new ArrayList<Outcome<Integer>>();
        for (var future : futures) {
            outcomes.add(outcome(future));
        }
        long blamed = cell.site().isInTask() ? Fault.Token.read(token).task() : -1;
        for (int number = 0; number < TASKS; number++) {
            check(number, outcomes.get(number), futures.get(number).id() == blamed);
        }
        assertThat(futures.stream().filter(future -> future.id() == blamed))
                .hasSize(cell.site().isInTask() ? 1 : 0);
        return outcomes;
    }

    private List<Outcome<Integer>> items(ProcessPool pool) {
        var run = pool.batch(IntStream.range(0, ITEMS).boxed().toList())
                .chunkSize(CHUNK)
                .map(Work.SQUARE);
        var outcomes = run.items().map(ItemOutcome::outcome).toList();
        for (int item = 0; item < ITEMS; item++) {
            check(item, outcomes.get(item), cell.site().isInTask() && item == Work.ITEM_TO_BLAME);
        }
        return outcomes;
    }

    private void check(int number, Outcome<Integer> outcome, boolean blamed) {
        var expected = blamed ? cell.verdict() : Verdict.VALUE;
        assertThat(Verdict.of(outcome))
                .as("%s of %s: %s", number, cell, outcome)
                .isEqualTo(expected);
        switch (outcome) {
            case Outcome.Success<Integer> success -> assertThat(success.value()).isEqualTo(number * number);
            case Outcome.Failure<Integer> failure ->
                assertThat(failure.error()).message().contains(cell.words());
        }
    }

    private void checkDeaths() {
        assertThat(events.breaks).isEmpty();
        if (cell.site().isInTask() && cell.deed().isThrown()) {
            assertThat(events.deaths).isEmpty();
        } else if (cell.site() != Site.CLOSING) {
            var left = cell.site().isBeforeReady() ? events.failedStarts : events.deaths;
            Await.until("its end was told", () -> !left.isEmpty());
        }
    }

    private void checkBooks(ProcessPool pool, List<Outcome<Integer>> outcomes) {
        var books = pool.snapshot().ledger();
        assertThat(books.submitted()).isEqualTo(books.ended());
        assertThat(books.failed()).isEqualTo(count(outcomes, Verdict.FAILED));
        assertThat(books.timedOut()).isEqualTo(count(outcomes, Verdict.TIMED_OUT));
        assertThat(books.crashed())
                .isEqualTo(count(outcomes, Verdict.CRASHED) + count(outcomes, Verdict.OUT_OF_MEMORY));
    }

    private void checkEnd(ProcessPool pool) {
        assertThat(pool.snapshot().workers()).isEmpty();
        assertThat(pool.snapshot().ledger().balanced(0)).isTrue();
        var pids = new ArrayList<>(events.pids);
        pids.add(Fault.Token.read(token).pid());
        Await.until("no worker is left", () -> pids.stream().noneMatch(RunningProcess::isRunning));
    }

    private static long count(List<Outcome<Integer>> outcomes, Verdict verdict) {
        return outcomes.stream()
                .filter(outcome -> Verdict.of(outcome) == verdict)
                .count();
    }

    private static Outcome<Integer> outcome(TaskFuture<Integer> future) throws Exception {
        try {
            return new Outcome.Success<>(get(future));
        } catch (ExecutionException failure) {
            return new Outcome.Failure<>(future.exceptionNow());
        }
    }

    private static <T> T get(TaskFuture<T> future) throws Exception {
        return future.get(LONG_ENOUGH_SECONDS, TimeUnit.SECONDS);
    }
}
