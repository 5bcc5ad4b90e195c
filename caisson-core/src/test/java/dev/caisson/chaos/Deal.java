package dev.caisson.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.Outcome;
import dev.caisson.ProcessPool;
import dev.caisson.Task;
import dev.caisson.TaskFuture;
import dev.caisson.TaskOptions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What chaos asked of a pool, and what may come of it.
final class Deal {

    private final int number;
    private final Optional<Deed> deed;
    private final TaskOptions options;
    private final AtomicInteger endings = new AtomicInteger();
    private @Nullable TaskFuture<Integer> future;
    private boolean cancelled;

    /// @param deed what the task does; empty for what it should
    Deal(int number, Optional<Deed> deed, TaskOptions options) {
        this.number = number;
        this.deed = deed;
        this.options = options;
    }

    void submitTo(ProcessPool pool) {
        var submitted = pool.submit(task(number, deed.orElse(null)), options);
        var ignored = submitted.whenComplete((value, error) -> endings.incrementAndGet());
        future = submitted;
    }

    private static Task<Integer> task(int number, @Nullable Deed deed) {
        return () -> run(number, deed);
    }

    static Integer run(int number, @Nullable Deed deed) {
        if (deed != null) {
            deed.perform();
        }
        return number + 1;
    }

    void cancel(boolean interrupt) {
        cancelled = true;
        future().cancel(interrupt);
    }

    boolean isDone() {
        return future().isDone() && endings.get() > 0;
    }

    /// Checks how it ended.
    Verdict check() {
        var ended = future();
        assertThat(endings).as("%s ended once", this).hasValue(1);
        assertThat(ended.attempts()).as("attempts of %s", this).isLessThanOrEqualTo(options.retries() + 1);
        Outcome<Integer> outcome = switch (ended.state()) {
            case SUCCESS -> new Outcome.Success<>(ended.resultNow());
            case FAILED -> new Outcome.Failure<>(ended.exceptionNow());
            case CANCELLED -> new Outcome.Failure<>(new CancellationException());
            case RUNNING -> throw new AssertionError(this + " is done and runs");
        };
        check(this, number, deed, options.timeLimit().isPresent(), cancelled, outcome);
        return Verdict.of(outcome);
    }

    /// The rule: its own deed's ending, or the end that somebody else has prepared for its worker.
    static void check(
            Object what,
            int number,
            Optional<Deed> deed,
            boolean limited,
            boolean cancelled,
            Outcome<Integer> outcome) {
        Set<Verdict> allowed = EnumSet.of(Verdict.CRASHED);
        allowed.add(ownEnding(deed));
        if (limited) {
            allowed.add(Verdict.TIMED_OUT);
        }
        if (cancelled) {
            allowed.add(Verdict.CANCELLED);
        }
        assertThat(allowed).as("%s ended with %s", what, outcome).contains(Verdict.of(outcome));
        if (outcome instanceof Outcome.Success<Integer> success) {
            assertThat(success.value()).as("result of %s", what).isEqualTo(number + 1);
        }
    }

    private static Verdict ownEnding(Optional<Deed> deed) {
        return deed.map(each -> new Cell(Site.RUNNING, each, 1).verdict()).orElse(Verdict.VALUE);
    }

    private TaskFuture<Integer> future() {
        if (future == null) {
            throw new IllegalStateException("Not submitted yet");
        }
        return future;
    }

    @Override
    public String toString() {
        return "task " + number + " " + deed.map(Deed::name).orElse("") + " " + options + " "
                + (future == null ? Future.State.RUNNING : future);
    }
}
