package dev.caisson.cli;

import dev.caisson.OutputLine;
import dev.caisson.PoolBrokenException;
import dev.caisson.PoolListener;
import dev.caisson.WorkerInfo;
import dev.caisson.WorkerOutput;
import dev.caisson.WorkerStartException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Waits for the first worker of a pool that is ready: before that, a run must write nothing, for whatever keeps
/// workers from starting keeps it from running anything. A run asks when its first input has ended, which costs no
/// time.
///
/// What workers print is held back until then. Those that can't start all say the same, and the error says it once.
final class FirstWorker implements PoolListener, WorkerOutput {

    private static final int MOST_HELD = 1000;

    private final WorkerOutput lines;

    // All guarded by this.
    private final List<OutputLine> held = new ArrayList<>();
    private boolean ready;
    private @Nullable PoolBrokenException broken;

    /// @param lines takes what workers print
    FirstWorker(WorkerOutput lines) {
        this.lines = lines;
    }

    /// Waits for it.
    ///
    /// @throws WrongUsage if workers can't be started
    synchronized void await() {
        try {
            while (!ready) {
                if (broken != null) {
                    throw new WrongUsage(message(broken));
                }
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Nobody interrupts the thread of a command", e);
        }
    }

    @Override
    public synchronized void workerReady(WorkerInfo worker) {
        ready = true;
        held.forEach(lines::line);
        held.clear();
        notifyAll();
    }

    @Override
    public synchronized void poolBroken(PoolBrokenException failure) {
        broken = failure;
        notifyAll();
    }

    @Override
    public void line(OutputLine line) {
        synchronized (this) {
            if (!ready) {
                if (held.size() < MOST_HELD) {
                    held.add(line);
                }
                return;
            }
        }
        lines.line(line);
    }

    private static String message(PoolBrokenException broken) {
        if (broken.getCause() instanceof WorkerStartException start
                && start.getCause() instanceof Preparation.PreparationFailure failure) {
            return "Workers can't be started: " + failure.getMessage() + "\nNothing was run or written";
        }
        return "Workers can't be started: " + reason(broken)
                + "\nNothing was run or written. Look at --jvm-option, --max-heap and --prefix";
    }

    private static String reason(PoolBrokenException broken) {
        if (!(broken.getCause() instanceof WorkerStartException start)) {
            return OptionNames.in(String.valueOf(broken.getMessage()));
        }
        if (start.exitCode().isEmpty()) {
            return OptionNames.in(String.valueOf(start.getMessage()));
        }
        var said = start.output().stream().map(Printable::of).toList();
        return "they exit with code " + start.exitCode().getAsInt() + " before they are ready, and print"
                + (said.isEmpty() ? " nothing" : "\n  " + String.join("\n  ", said));
    }
}
