package dev.caisson.transport;

import dev.caisson.memory.Remark;
import dev.caisson.protocol.Assignment;
import dev.caisson.protocol.Encoded;
import dev.caisson.protocol.FaultPoint;
import dev.caisson.protocol.FrameDecoder;
import dev.caisson.protocol.PayloadFrames;
import dev.caisson.protocol.Work;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Messages on their way to a worker.
///
/// Adding is quick, for callers that hold a lock. Whoever flushes takes the *write permit*, if nobody has it, and
/// writes what is there without blocking. What the kernel doesn't take is left, with the permit, to a writer thread. So
/// no caller waits for a worker, and the reader thread never writes: a big task and a big result can't wait for each
/// other.
final class OutboundQueue {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final String threadName;
    private final Deque<Message> waiting = new ArrayDeque<>(); // guarded by this
    private boolean writing; // the permit, guarded by this
    private boolean broken; // guarded by this
    private @Nullable SocketChannel channel; // guarded by this until set

    // These belong to whoever has the permit.
    private @Nullable ByteBuffer staging;
    private @Nullable PayloadFrames current;

    private @Nullable BlockedWriter blockedWriter; // guarded by this

    /// @param threadName name of the writer thread, if one is needed
    OutboundQueue(String threadName) {
        this.threadName = threadName;
    }

    /// The function that went to the worker last, which keeps it: chunks of the same batch go without. A reference that
    /// keeps nothing in memory. Guarded by this.
    private WeakReference<@Nullable Encoded> lastFunction = new WeakReference<>(null);

    /// What is to be written.
    private sealed interface Message {}

    private record Frames(PayloadFrames frames) implements Message {}

    /// A task; if it is taken back in the meantime, it is not written.
    private record Task(Assignment assignment, SentTask sent) implements Message {}

    /// Where to write, and what to write before all that waits.
    synchronized void open(SocketChannel opened, PayloadFrames first) {
        channel = opened;
        waiting.addFirst(new Frames(first));
    }

    /// Adds a task. Nothing is written.
    synchronized void add(Assignment assignment, SentTask sent) {
        if (!broken) {
            waiting.add(new Task(assignment, sent));
        }
    }

    /// Writes what is there. Never blocks; an error shows at the reading end.
    void flush() {
        while (takePermit()) {
            try {
                FaultPoint.SENDING.reached();
                if (!write()) {
                    handOver();
                    return;
                }
            } catch (IOException gone) {
                breakDown();
            } catch (RuntimeException | Error failure) {
                if (staging == null && failure instanceof OutOfMemoryError scarcity) {
                    releasePermit(); // nothing was begun: it may be flushed again
                    throw scarcity;
                }
                breakDown();
                Remark.log(OutboundQueue.class, Level.ERROR, "Writing to a worker failed", failure);
            }
            releasePermit();
        }
    }

    /// Writes until all is done or the kernel takes no more. Reading the channel needs no lock: it was there before the
    /// permit. For the holder of the permit.
    ///
    /// @return whether all is done
    boolean write() throws IOException {
        if (channel == null) {
            return true;
        }
        if (staging == null) {
            staging = ByteBuffer.allocateDirect(FrameDecoder.PREFERRED_FRAME_BYTES)
                    .limit(0);
        }
        while (true) {
            while (staging.hasRemaining()) {
                if (channel.write(staging) == 0) {
                    return false;
                }
            }
            staging.clear();
            fill(staging);
            staging.flip();
            if (!staging.hasRemaining()) {
                return true;
            }
        }
    }

    private void fill(ByteBuffer target) {
        while (true) {
            if (current == null) {
                current = next();
            }
            if (current == null || !current.moveTo(target)) {
                return;
            }
            current = null;
        }
    }

    private synchronized @Nullable PayloadFrames next() {
        for (var message = waiting.poll(); message != null; message = waiting.poll()) {
            switch (message) {
                case Frames(var frames) -> {
                    return frames;
                }
                case Task(var assignment, var sent)
                when !sent.dropped -> {
                    return PayloadFrames.assignment(assignment, sent.sequence, isFunctionSent(assignment));
                }
                case Task _ -> {} // nobody wants it any more
            }
        }
        return null;
    }

    /// Whether the worker has the function of a chunk. If not, it has it from now on: it gets what is written in this
    /// order.
    private boolean isFunctionSent(Assignment assignment) {
        if (!(assignment.work() instanceof Work.Chunk chunk)) {
            return false;
        }
        boolean isSent = lastFunction.refersTo(chunk.function());
        if (!isSent) {
            lastFunction = new WeakReference<>(chunk.function());
        }
        return isSent;
    }

    private synchronized boolean takePermit() {
        if (writing || waiting.isEmpty() || channel == null) {
            return false;
        }
        writing = true;
        return true;
    }

    /// Afterwards, more may have been added by somebody who did not get the permit: whoever releases it looks again.
    synchronized void releasePermit() {
        writing = false;
    }

    /// The connection is gone, or of no use any more, and so is all that was to be written. The worker shall know that,
    /// too: it ends when nothing more can come. For the holder of the permit.
    void breakDown() {
        close();
        current = null;
        staging = NOTHING;
        try {
            if (channel != null) {
                channel.shutdownOutput();
            }
        } catch (IOException | RuntimeException closed) {
            // It knows already.
        }
    }

    private synchronized void handOver() {
        if (blockedWriter == null) {
            blockedWriter = new BlockedWriter(this, Objects.requireNonNull(channel), threadName);
        }
        blockedWriter.takeOver();
    }

    /// Forgets what is waiting and ends the writer thread.
    synchronized void close() {
        broken = true;
        waiting.clear();
        if (blockedWriter != null) {
            blockedWriter.close();
        }
    }
}
