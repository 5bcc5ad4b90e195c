package dev.caisson.transport;

import dev.caisson.memory.Insistent;
import dev.caisson.memory.Remark;
import dev.caisson.protocol.Assignment;
import dev.caisson.protocol.BoardLayout;
import dev.caisson.protocol.ClassRefusal;
import dev.caisson.protocol.ControlFrames;
import dev.caisson.protocol.ExitMark;
import dev.caisson.protocol.FaultPoint;
import dev.caisson.protocol.FrameKind;
import dev.caisson.protocol.Hello;
import dev.caisson.protocol.Hello.Token;
import dev.caisson.protocol.PayloadFrames;
import dev.caisson.protocol.ProtocolLimits;
import dev.caisson.protocol.ProtocolViolationException;
import dev.caisson.protocol.WorkerSettings;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The parent's end of one worker: what is sent to it, what comes from it, and its board.
///
/// Thread-safe. Nothing here blocks but [#drainAfterExit()]. [#send], [#takeBack], [#runningItem], [#runningSince],
/// [#condemn] and [#forget] touch memory only, for callers that hold a lock.
public final class WorkerChannel {

    private static final System.Logger LOGGER = System.getLogger(WorkerChannel.class.getName());

    private final EndpointLoop loop;
    private final PoolEndpoint endpoint;
    private final Token token;
    private final WorkerSettings settings;
    private final ChannelListener listener;
    private final GuardedBoard board;
    private final SentTasks sent;
    private final OutboundQueue outbound;
    private final WorkerControl control;
    private final String threadName;
    private final CompletableFuture<Void> told = new CompletableFuture<>();
    private final AtomicBoolean ending = new AtomicBoolean();

    // Made now, since the end may have to be told when there is no memory.
    private final Runnable telling = this::tell;
    private final Runnable lastWord = this::sayLastWord;
    private final Runnable posting;

    /// Which rule the worker broke, if it did. Written once, before its end is told.
    private volatile @Nullable String violation;

    // Set by the control thread as the connections arrive; guarded by this.
    private @Nullable SocketChannel tasks;
    private @Nullable SocketChannel controlSocket;
    private @Nullable ResultReader reader;
    private boolean closed;

    WorkerChannel(
            PoolEndpoint endpoint,
            EndpointLoop loop,
            Board board,
            Token token,
            WorkerSettings settings,
            ChannelListener listener) {
        this.endpoint = endpoint;
        this.token = token;
        this.loop = loop;
        this.posting = () -> loop.post(telling);
        this.board = new GuardedBoard(board, this::spoiled);
        this.settings = settings;
        this.listener = listener;
        this.sent = new SentTasks(this.board);
        this.control = new WorkerControl(listener, sent::answered);
        this.threadName = "caisson-" + settings.poolName() + "-worker-" + settings.slot();
        this.outbound = new OutboundQueue(threadName + "-writer");
    }

    /// The file whose path is the worker's only argument.
    public Path introduction() {
        return board.path();
    }

    /// By which the worker will be known. It is to be sent by a way that only the worker can read.
    public Token token() {
        return token;
    }

    /// Leaves the token on the board, for a worker that can't be sent it otherwise: all processes of this user can read
    /// it until the worker has connected.
    public void exposeToken() {
        board.putToken(token);
    }

    /// Queues a task for the worker and offers its items on the board. Nothing is written until [#flush()].
    public void send(Assignment assignment) {
        var offered = sent.offer(assignment);
        outbound.add(assignment, offered);
    }

    /// Takes back what has not begun.
    ///
    /// @return the item from which on none will begin in this worker; beyond the last if there was nothing to take
    /// back.
    ///     An item that runs is not affected
    public int takeBack(long task) {
        return sent.takeBack(task);
    }

    /// The item of a task that has begun and not ended.
    ///
    /// @return -1 for none
    public int runningItem(long task) {
        return sent.runningItem(task);
    }

    /// Whether any item has begun and not ended.
    public boolean isRunning() {
        return sent.isRunning();
    }

    /// When the running item of a task began, by `System.nanoTime`. Means nothing if none runs.
    public long runningSince(long task) {
        return sent.runningSince(task);
    }

    /// Decides that the result of a running item will not count.
    ///
    /// @return false if the item has ended, and its result is on its way
    public boolean condemn(long task, int item) {
        return sent.condemn(task, item);
    }

    /// All items of a task are settled: its claim word may be used again once the worker is done with it, too.
    public void forget(long task) {
        sent.forget(task);
    }

    /// Writes what was sent. What the kernel doesn't take at once is left to a thread of this channel.
    public void flush() {
        outbound.flush();
    }

    /// Interrupts an item, if it still runs in that attempt.
    public void interrupt(long task, int item, int attempt) {
        control.say(ControlFrames.interrupt(task, item, attempt));
    }

    /// Asks for the stacks of the threads of an item; the answer is [ChannelListener#stacks(String)].
    public void requestStacks(long task, int item) {
        control.requestStacks(task, item);
    }

    /// Asks for a sign of life; the answer is [ChannelListener#answered()].
    public void ping() {
        control.ping();
    }

    /// Sends a piece of a class or a resource. Waits, like the two below, until the worker has read most of what it was
    /// sent before.
    ///
    /// @param bytes holds it at its beginning
    /// @param length at most [ProtocolLimits#CLASS_PART_BYTES]
    /// @throws IOException if the worker is gone
    public void classPart(int request, byte[] bytes, int length) throws IOException {
        control.answerClass(ControlFrames.classPart(request, bytes, length), false);
    }

    /// All of it has been sent.
    public void classEnd(int request, long definer) throws IOException {
        control.answerClass(ControlFrames.classEnd(request, definer), true);
    }

    /// There is nothing to send.
    public void classMissing(int request, ClassRefusal reason, String text) throws IOException {
        control.answerClass(ControlFrames.classMissing(request, reason, text), true);
    }

    /// Asks the worker to leave after the task it has begun. One that has not connected yet leaves as soon as it has.
    public void stop() {
        control.say(ControlFrames.plain(FrameKind.STOP));
    }

    /// To be called once the process has exited. Waits at most 100 ms for the end of the stream, delivers what the
    /// outbox still holds, and returns when [ChannelListener#closed(Optional)] has been called. Not for the listener's
    /// own threads.
    public void drainAfterExit() {
        var running = reader();
        if (running == null) {
            finish(null);
        } else {
            running.processExited();
        }
        told.join(); // interrupts don't end it
    }

    /// What the worker noted about its end.
    public ExitMark exitMark() {
        return sent.exitMark();
    }

    /// What the worker had to say about its end; empty if nothing.
    public String lastWords() {
        return sent.lastWords();
    }

    /// What was found to be wrong with its board.
    public Optional<String> breach() {
        return board.breach();
    }

    /// How much of its heap was in use when the worker last looked, as it says.
    public long heapBytes() {
        return sent.look(BoardLayout.HEAP_USED_OFFSET);
    }

    /// How large its heap may grow, as it says.
    public long heapLimitBytes() {
        return sent.look(BoardLayout.HEAP_LIMIT_OFFSET);
    }

    /// Closes the connections, which ends the worker if it lives, and deletes the board.
    /// [ChannelListener#closed(Optional)] follows if it has not been called yet. Idempotent.
    public void close() {
        synchronized (this) {
            closed = true;
            closeIfOpen(tasks);
            closeIfOpen(controlSocket);
        }
        outbound.close();
        endpoint.forget(this);
        var running = reader();
        if (running == null) {
            finish(null);
        } else {
            running.close();
        }
        if (told.isDone()) {
            sent.closeBoard();
        }
        deleteBoard();
    }

    /// Takes one of the worker's connections. Control thread.
    ///
    /// @return whether it has both now
    /// @throws ProtocolViolationException if it has that one already
    boolean attach(EndpointLoop.SocketPeer peer) throws IOException {
        if (!isComplete(peer)) {
            return false;
        }
        try {
            begin(peer.hello().pid());
        } catch (IOException | RuntimeException failure) {
            giveUp("Talking to it failed here: " + failure);
        } catch (Error failure) { // most likely for lack of memory, so it is not put into words
            giveUp("Talking to it failed here: this process was out of memory");
        }
        return true;
    }

    private void begin(long pid) throws IOException {
        sent.wipeToken();
        listener.connected(pid);
        FaultPoint.CONNECTED.reached();
        synchronized (this) {
            if (closed || tasks == null || controlSocket == null) {
                return;
            }
            var stream = new ResultStream(sent, listener, settings.maxResultBytes());
            reader = new ResultReader(threadName + "-reader", tasks, board, stream, this);
            outbound.open(tasks, PayloadFrames.welcome(settings));
            try {
                reader.start();
            } catch (OutOfMemoryError noThreads) {
                giveUp("The system gave no thread to read from it: raise ulimit -u or the container's pids limit");
                return;
            }
            control.open(controlSocket, loop.selector(), this);
        }
        outbound.flush();
    }

    private synchronized void giveUp(String reason) {
        closeIfOpen(tasks);
        closeIfOpen(controlSocket);
        finish(reason);
        if (reader != null) {
            reader.close();
        }
    }

    private synchronized boolean isComplete(EndpointLoop.SocketPeer peer) throws ProtocolViolationException {
        var isTasks = peer.hello().role() == Hello.Role.TASKS;
        if (closed || (isTasks ? tasks : controlSocket) != null) {
            throw new ProtocolViolationException("Worker " + settings.slot() + " connected twice, or too late");
        }
        if (isTasks) {
            tasks = peer.channel();
        } else {
            controlSocket = peer.channel();
        }
        return tasks != null && controlSocket != null;
    }

    /// The control connection can be read or written. Control thread.
    void controlIsReady() {
        try {
            var talkative = control.proceed();
            if (talkative != null) {
                loop.rest(talkative);
            }
        } catch (ProtocolViolationException broken) {
            controlEnded(broken.getMessage());
        } catch (IOException gone) {
            controlEnded(null);
        }
    }

    private void controlEnded(@Nullable String violation) {
        control.silence();
        synchronized (this) {
            closeIfOpen(controlSocket);
        }
        var running = reader();
        if (running != null) {
            running.controlEnded(violation);
        }
    }

    /// The reader has delivered all there was. Reader thread.
    void readerEnded(@Nullable String violation) {
        finish(violation);
    }

    /// May come from somebody who holds the pool's lock and asked about a task.
    private void spoiled(String breach) {
        if (!ending.get()) {
            loop.post(() -> listener.spoiled(breach));
        }
    }

    /// Has the last word told on the control thread, so that none of its other words can come later.
    private void finish(@Nullable String reason) {
        if (ending.compareAndSet(false, true)) {
            violation = reason;
            Insistent.run(posting);
        }
    }

    private void tell() {
        control.silence();
        try {
            Insistent.run(lastWord);
        } catch (RuntimeException | Error failure) {
            Remark.log(WorkerChannel.class, Level.ERROR, "The end of a worker's connection could not be told", failure);
        } finally {
            told.complete(null);
            outbound.close();
            synchronized (this) {
                if (violation != null) { // it could wait for ever for somebody to read
                    closeIfOpen(tasks);
                    closeIfOpen(controlSocket);
                }
                if (closed) {
                    sent.closeBoard();
                }
            }
        }
    }

    private void sayLastWord() {
        sent.inspect();
        listener.closed(board.breach().or(() -> Optional.ofNullable(violation)));
    }

    private synchronized @Nullable ResultReader reader() {
        return reader;
    }

    private void deleteBoard() {
        try {
            Files.deleteIfExists(board.path());
        } catch (IOException failure) {
            LOGGER.log(Level.DEBUG, "A board could not be deleted", failure);
        }
    }

    private static void closeIfOpen(@Nullable SocketChannel channel) {
        if (channel != null) {
            EndpointLoop.close(channel);
        }
    }
}
