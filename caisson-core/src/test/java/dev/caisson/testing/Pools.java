package dev.caisson.testing;

import dev.caisson.PoolState;
import dev.caisson.ProcessPool;
import dev.caisson.WorkerOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/// The pools of a test, or of a test class: a parameter that [NothingLeft] fills in.
///
/// As parameter of a test or of a `@BeforeEach` method its pools end with the test, as parameter of a `@BeforeAll`
/// method with the class. They are then ended by force, and their books are checked.
public final class Pools {

    private static final long END_SECONDS = 5;

    private final List<ProcessPool> open = new ArrayList<>();

    Pools() {}

    /// Opens a pool whose workers' output is not shown.
    public ProcessPool open(int workers) {
        return open(builder -> builder.workers(workers));
    }

    /// Opens a pool of one worker, whose output is not shown, but for these changes.
    public ProcessPool open(UnaryOperator<ProcessPool.Builder> changes) {
        var builder = ProcessPool.builder().workers(1).output(WorkerOutput.discard());
        var pool = changes.apply(builder).build();
        open.add(pool);
        return pool;
    }

    /// Whether a process is one of these pools' workers.
    boolean own(long pid) {
        return open.stream()
                .flatMap(pool -> pool.snapshot().workers().stream())
                .anyMatch(worker -> worker.pid().equals(OptionalLong.of(pid)));
    }

    /// Whether a thread of this name is one of these pools' threads.
    boolean ownThread(String name) {
        return open.stream().anyMatch(pool -> name.contains(pool.snapshot().name() + "-"));
    }

    int count() {
        return open.size();
    }

    /// Ends all pools, and returns what is wrong with them.
    List<String> end() {
        open.forEach(ProcessPool::terminate);
        var wrong = new ArrayList<String>();
        for (var pool : open) {
            try {
                if (!pool.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                    wrong.add("a pool has not ended " + END_SECONDS + " s after terminate(): " + pool.snapshot());
                    continue;
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                wrong.add("interrupted while a pool ended");
            }
            var last = pool.snapshot();
            if (!last.ledger().balanced(0) || last.open() != 0) {
                wrong.add("the books don't balance at the end: " + last);
            }
            if (last.state() != PoolState.TERMINATED || !last.workers().isEmpty()) {
                wrong.add("something is left in an ended pool: " + last);
            }
        }
        open.clear();
        return wrong;
    }
}
