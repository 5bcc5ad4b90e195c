package dev.caisson.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.caisson.protocol.BoardLayout;
import dev.caisson.protocol.ExitMark;
import dev.caisson.protocol.Hello.Token;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The memory that a worker and its parent share: a mapped file, laid out as [BoardLayout] says.
///
/// What is written on it survives the writer's death. The parent makes the file with all its bytes in place, so that
/// writing to it later never needs disk space. A worker that truncates it harms itself; the parent uses it by a
/// [GuardedBoard] only. Thread-safe but for [#keepHead()] and [#close()], which nothing else may overlap.
public final class Board {

    // Plain access with fences, and this handle for compare-and-set only: its other modes each cost a young JVM time.
    private static final VarHandle WORDS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final Path path;
    private final @Nullable Arena arena;
    private ByteBuffer bytes;

    private Board(Path path, @Nullable Arena arena, ByteBuffer bytes) {
        this.path = path;
        this.arena = arena;
        this.bytes = bytes;
    }

    /// A board without a file and a worker, to try things on.
    static Board ofNobody() {
        var arena = Arena.ofShared();
        var bytes = arena.allocate(BoardLayout.BOARD_BYTES).asByteBuffer().order(ByteOrder.nativeOrder());
        return new Board(Path.of(""), arena, bytes);
    }

    /// Makes the board of a worker to come.
    static Board create(Path path) throws IOException {
        var arena = Arena.ofShared();
        try (var channel = FileChannel.open(path, Set.of(CREATE_NEW, READ, WRITE), PrivateFile.attributes(path))) {
            var zeros = ByteBuffer.allocateDirect(BoardLayout.BOARD_BYTES);
            while (zeros.hasRemaining()) {
                channel.write(zeros);
            }
            var bytes = map(channel, arena);
            var board = new Board(path, arena, bytes);
            board.publish(BoardLayout.MAGIC_OFFSET, BoardLayout.MAGIC);
            return board;
        } catch (IOException | RuntimeException failure) {
            arena.close();
            Files.deleteIfExists(path); // or it would be in the way of another try
            throw failure;
        }
    }

    /// Opens the board that the parent has made, in the worker.
    public static Board open(Path path) throws IOException {
        try (var file = new RandomAccessFile(path.toString(), "rw")) {
            if (file.length() != BoardLayout.BOARD_BYTES) {
                throw new IOException(path + " is no board of a worker: it has " + file.length() + " bytes instead of "
                        + BoardLayout.BOARD_BYTES);
            }
            var board = new Board(path, null, map(file.getChannel(), Arena.global()));
            if (board.look(BoardLayout.MAGIC_OFFSET) != BoardLayout.MAGIC) {
                throw new IOException(path + " is a board of another version of Caisson: put the same one on the class"
                        + " paths of pool and worker");
            }
            return board;
        }
    }

    // Mapping by segment: FileChannel.map without one uses core reflection, 12 ms more in a young JVM.
    private static ByteBuffer map(FileChannel channel, Arena arena) throws IOException {
        return channel.map(MapMode.READ_WRITE, 0, BoardLayout.BOARD_BYTES, arena)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder());
    }

    /// The file.
    public Path path() {
        return path;
    }

    /// A number as it is now; all that was written before it was published is seen as well.
    public long look(int offset) {
        var value = bytes.getLong(offset);
        VarHandle.acquireFence();
        return value;
    }

    /// Writes a number that nobody waits for.
    public void put(int offset, long value) {
        bytes.putLong(offset, value);
    }

    /// Writes a number after all that was written before.
    public void publish(int offset, long value) {
        VarHandle.releaseFence();
        bytes.putLong(offset, value);
    }

    /// The claim word of a sequence number.
    public long claim(int sequence) {
        return (long) WORDS.getVolatile(bytes, BoardLayout.claimOffset(sequence));
    }

    /// Offers a task: the one write to a claim word that nobody competes with.
    void offer(int sequence, long word) {
        publish(BoardLayout.claimOffset(sequence), word);
    }

    /// Changes a claim word if it still is what it was.
    public boolean claim(int sequence, long expected, long next) {
        return WORDS.compareAndSet(bytes, BoardLayout.claimOffset(sequence), expected, next);
    }

    /// Notes how the worker ends. Allocates nothing, as there may be no memory left.
    public void mark(ExitMark mark) {
        publish(BoardLayout.EXIT_MARK_OFFSET, mark.ordinal());
    }

    /// What was noted.
    public ExitMark mark() {
        return ExitMark.of((int) look(BoardLayout.EXIT_MARK_OFFSET));
    }

    /// Leaves some words on how the worker ends, in place of earlier ones; what is too long is cut.
    public void lastWords(String text) {
        var words = text.getBytes(UTF_8);
        var length = Math.min(words.length, BoardLayout.LAST_WORDS_BYTES);
        bytes.put(BoardLayout.LAST_WORDS_OFFSET + Long.BYTES, words, 0, length);
        publish(BoardLayout.LAST_WORDS_OFFSET, length);
    }

    /// What the worker had to say about its own end.
    ///
    /// @return empty if it left no words
    public String lastWords() {
        var length = look(BoardLayout.LAST_WORDS_OFFSET);
        if (length <= 0 || length > BoardLayout.LAST_WORDS_BYTES) {
            return "";
        }
        var words = new byte[(int) length];
        bytes.get(BoardLayout.LAST_WORDS_OFFSET + Long.BYTES, words);
        return new String(words, UTF_8);
    }

    /// The secret to show when connecting, for a worker that got none on its standard input.
    ///
    /// @return zeros if there is none
    public Token token() {
        var low = look(BoardLayout.TOKEN_OFFSET + Long.BYTES);
        return low == 0 ? Token.NONE : new Token(look(BoardLayout.TOKEN_OFFSET), low);
    }

    void putToken(Token token) {
        put(BoardLayout.TOKEN_OFFSET, token.high());
        publish(BoardLayout.TOKEN_OFFSET + Long.BYTES, token.low());
    }

    /// Makes the secret unreadable.
    void wipeToken() {
        putToken(Token.NONE);
    }

    /// Copies bytes into the outbox.
    ///
    /// @param offset where in the stream they are
    void putOutbox(long offset, byte[] source, int start, int length) {
        var at = (int) (offset % BoardLayout.OUTBOX_BYTES);
        var first = Math.min(length, BoardLayout.OUTBOX_BYTES - at);
        bytes.put(BoardLayout.OUTBOX_OFFSET + at, source, start, first);
        bytes.put(BoardLayout.OUTBOX_OFFSET, source, start + first, length - first);
    }

    /// The bytes of the outbox from a place in the stream on, as far as they lie in one piece.
    ///
    /// @param offset where in the stream
    /// @param limit where in the stream to stop
    ByteBuffer outbox(long offset, long limit) {
        var at = (int) (offset % BoardLayout.OUTBOX_BYTES);
        var length = (int) Math.min(limit - offset, BoardLayout.OUTBOX_BYTES - at);
        return bytes.slice(BoardLayout.OUTBOX_OFFSET + at, length);
    }

    /// From now on what stands before the outbox is read, and written, in a copy.
    void keepHead() {
        if (arena != null && arena.scope().isAlive()) {
            var copy = ByteBuffer.allocateDirect(BoardLayout.OUTBOX_OFFSET).order(ByteOrder.nativeOrder());
            copy.put(0, bytes, 0, BoardLayout.OUTBOX_OFFSET);
            bytes = copy;
        }
    }

    /// Unmaps the file. Nothing can be read then but what was kept.
    void close() {
        if (arena != null && arena.scope().isAlive()) {
            arena.close();
        }
    }
}
