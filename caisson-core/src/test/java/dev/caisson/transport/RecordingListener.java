package dev.caisson.transport;

import dev.caisson.protocol.ClassWanted;
import dev.caisson.protocol.Encoded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Keeps what a worker tells, and lets a test wait for it.
public final class RecordingListener implements ChannelListener {

    private static final long LIMIT_SECONDS = 20;

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final List<Event> seen = new ArrayList<>();

    /// What was told.
    public sealed interface Event {}

    public record Connected(long pid) implements Event {}

    public record Ready() implements Event {}

    public record StartFailed(Encoded failure) implements Event {}

    public record ItemBegan(long task, int item, long beganNanos) implements Event {}

    public record ItemFinished(long task, int item, boolean succeeded, Encoded result, long beganNanos, long endedNanos)
            implements Event {}

    public record ItemLost(long task, int item, boolean succeeded, long sizeBytes) implements Event {}

    public record Answered() implements Event {}

    public record Stacks(String text) implements Event {}

    public record Progress(long task, int item, double fraction, String note) implements Event {}

    public record Wanted(ClassWanted wanted) implements Event {}

    public record Spoiled(String breach) implements Event {}

    public record Closed(Optional<String> violation) implements Event {}

    /// Waits for the next event of a type, past others.
    public <E extends Event> E await(Class<E> type) {
        while (true) {
            var event = next();
            if (type.isInstance(event)) {
                return type.cast(event);
            }
            if (event instanceof Closed) {
                throw new AssertionError(
                        "Waited for " + type.getSimpleName() + ", but the channel closed; told: " + seen);
            }
        }
    }

    private Event next() {
        try {
            var event = events.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("Nothing was told for " + LIMIT_SECONDS + " s after " + seen);
            }
            seen.add(event);
            return event;
        } catch (InterruptedException interrupt) {
            throw new AssertionError("The test was interrupted", interrupt);
        }
    }

    /// What is told and not yet taken, now.
    public List<Event> rest() {
        var rest = new ArrayList<Event>();
        events.drainTo(rest);
        return rest;
    }

    private volatile Consumer<ClassWanted> answers = wanted -> {};

    @Override
    public void connected(long pid) {
        events.add(new Connected(pid));
    }

    @Override
    public void ready() {
        events.add(new Ready());
    }

    @Override
    public void startFailed(Encoded failure) {
        events.add(new StartFailed(failure));
    }

    @Override
    public void itemBegan(long task, int item, long beganNanos) {
        events.add(new ItemBegan(task, item, beganNanos));
    }

    @Override
    public void itemFinished(long task, int item, boolean succeeded, Encoded result, long beganNanos, long endedNanos) {
        events.add(new ItemFinished(task, item, succeeded, result, beganNanos, endedNanos));
    }

    @Override
    public void itemLost(long task, int item, boolean succeeded, long sizeBytes, long beganNanos, long endedNanos) {
        events.add(new ItemLost(task, item, succeeded, sizeBytes));
    }

    @Override
    public void framesDelivered() {}

    @Override
    public void answered() {
        events.add(new Answered());
    }

    @Override
    public void stacksSoFar(String text) {
        stacks(text);
    }

    @Override
    public void stacks(String text) {
        events.add(new Stacks(text));
    }

    @Override
    public void progress(long task, int item, double fraction, String note) {
        events.add(new Progress(task, item, fraction, note));
    }

    /// Has somebody answer what is asked for.
    void onClassWanted(Consumer<ClassWanted> answers) {
        this.answers = answers;
    }

    @Override
    public void classWanted(ClassWanted wanted) {
        events.add(new Wanted(wanted));
        answers.accept(wanted);
    }

    @Override
    public void spoiled(String breach) {
        events.add(new Spoiled(breach));
    }

    @Override
    public void closed(Optional<String> violation) {
        events.add(new Closed(violation));
    }
}
