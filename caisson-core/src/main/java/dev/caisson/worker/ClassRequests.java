package dev.caisson.worker;

import dev.caisson.protocol.ClassRefusal;
import dev.caisson.protocol.ClassWanted;
import dev.caisson.protocol.ControlFrames;
import dev.caisson.protocol.FrameKind;
import dev.caisson.protocol.ProtocolViolationException;
import dev.caisson.transport.ControlLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What this worker has asked its parent for, class by class, and the class loaders that do so. Thread-safe.
///
/// Whoever asks waits; an interrupt doesn't hurry it, since half a class is none. The control thread brings the
/// answers.
final class ClassRequests {

    private static final int MOST_AT_ONCE = 64;

    private final ControlLine control;
    private final Map<Integer, ClassAnswer> open = new HashMap<>(); // guarded by this
    private int lastRequest; // guarded by this
    private @Nullable ShippedLoaders loaders; // guarded by this

    ClassRequests(ControlLine control) {
        this.control = control;
    }

    /// The class loader that stands for one of the parent's.
    synchronized ClassLoader loader(long number) {
        if (loaders == null) {
            loaders = new ShippedLoaders(this);
        }
        return loaders.numbered(number);
    }

    /// Asks and waits.
    ///
    /// @param index which resource of that name, or [ClassWanted#CLASS]
    /// @throws IOException if the parent doesn't answer
    ClassAnswer ask(long loader, int index, String name) throws IOException {
        var answer = new ClassAnswer(name);
        int request = begin(answer);
        try {
            control.say(ControlFrames.classWanted(new ClassWanted(request, loader, index, name)));
            answer.await();
            return answer;
        } finally {
            end(request);
        }
    }

    private synchronized int begin(ClassAnswer answer) {
        boolean interrupted = false;
        while (open.size() >= MOST_AT_ONCE) {
            try {
                wait();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        open.put(++lastRequest, answer);
        return lastRequest;
    }

    private synchronized void end(int request) {
        open.remove(request);
        notifyAll();
    }

    /// Takes a frame of an answer. Control thread.
    void answered(FrameKind kind, ByteBuffer body) throws ProtocolViolationException {
        ClassAnswer answer;
        synchronized (this) {
            answer = open.get(body.getInt());
        }
        if (answer == null) {
            return; // nobody waits for it any more
        }
        switch (kind) {
            case CLASS_PART -> answer.add(body);
            case CLASS_END -> answer.complete(body.getLong());
            case CLASS_MISSING -> answer.refuse(ClassRefusal.of(body.get()), ControlFrames.text(body));
            default -> throw new ProtocolViolationException(kind + " is no answer to a question for a class");
        }
    }
}
