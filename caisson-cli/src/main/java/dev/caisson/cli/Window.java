package dev.caisson.cli;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The inputs between the one who reads them and the one who tells of their ends: a bounded number of them, and a
/// bounded number of characters, so that memory stays the same whether inputs are endless or huge.
///
/// One thread adds, one takes, any may stop. Both waits end when it is stopped; the reader may even be stuck elsewhere
/// meanwhile, waiting for a line that never comes.
final class Window {

    private final int mostFlights;
    private final long mostCharacters;
    private final boolean ordered;

    // All guarded by this. A flight is in open from its start until it is taken, in ended since its end was told.
    private final SequencedSet<Flight> open = new LinkedHashSet<>();
    private final Set<Flight> ended = new HashSet<>();
    private long characters;
    private boolean inputEnded;
    private boolean stopped;

    /// @param mostFlights how many inputs may be between reading and telling
    /// @param mostCharacters how long they may be together, though one may always be there
    /// @param ordered whether they are told of in the order in which they were read
    Window(int mostFlights, long mostCharacters, boolean ordered) {
        this.mostFlights = mostFlights;
        this.mostCharacters = mostCharacters;
        this.ordered = ordered;
    }

    /// Waits until there is room for one more.
    ///
    /// @return false if no more are wanted
    synchronized boolean awaitRoom() throws InterruptedException {
        while (!inputEnded && !open.isEmpty() && (open.size() >= mostFlights || characters >= mostCharacters)) {
            wait();
        }
        return !inputEnded;
    }

    void started(Flight flight) {
        synchronized (this) {
            if (!stopped) {
                open.add(flight);
                characters += flight.input().length();
                return;
            }
        }
        flight.cancel();
    }

    synchronized void ended(Flight flight) {
        // Once more for one that came after the end of all: nobody takes that any more.
        if (!ordered && open.contains(flight)) {
            ended.add(flight);
        }
        notifyAll();
    }

    /// No more will be started; those on their way go on.
    synchronized void endInput() {
        inputEnded = true;
        notifyAll();
    }

    /// Cancels what is on its way, and no more will be started.
    void stop() {
        List<Flight> cancelled;
        synchronized (this) {
            stopped = true;
            endInput();
            cancelled = List.copyOf(open);
        }
        // The last first: else each that ends would make room for the next to begin.
        cancelled.reversed().forEach(Flight::cancel);
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    /// Waits for the next that has ended and takes it out; null after the last.
    synchronized @Nullable Flight next() throws InterruptedException {
        while (true) {
            var next = nextDone();
            if (next != null) {
                open.remove(next);
                ended.remove(next);
                characters -= next.input().length();
                notifyAll();
                return next;
            }
            if (inputEnded && open.isEmpty()) {
                return null;
            }
            wait();
        }
    }

    // Ends are told by several threads, so not in their order: what ended earlier than one that was told is done, too,
    // and stands further ahead if one worker runs them all.
    private @Nullable Flight nextDone() {
        if (ordered) {
            return open.isEmpty() || !open.getFirst().isDone() ? null : open.getFirst();
        }
        return ended.isEmpty()
                ? null
                : open.stream().filter(Flight::isDone).findFirst().orElseThrow();
    }
}
