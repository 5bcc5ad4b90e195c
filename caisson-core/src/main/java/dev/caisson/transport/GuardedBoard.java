package dev.caisson.transport;

import dev.caisson.protocol.BoardLayout;
import dev.caisson.protocol.ExitMark;
import dev.caisson.protocol.FrameDecoder;
import dev.caisson.protocol.Hello.Token;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The pool's way to a worker's board: whatever the worker does to it harms nobody else. Thread-safe as [Board] is.
///
/// The file is as much the worker's as the pool's. If it is cut, or the disk behind it gives no more room, touching
/// what is mapped of it is a memory fault, which the JVM turns into an `InternalError`: in compiled code not at the
/// access, which just goes on with any value, but when the thread next looks whether something was left for it. It does
/// so on its way back from a native method; so there is one after each access, and no fault can surface elsewhere.
/// A compare-and-set is the exception: by the interpreter it ends the JVM, so it is done by compiled code only, see
/// [CompiledClaim]; and a look that is answered goes before it.
///
/// From the first fault on the board isn't touched any more, and reads as if nothing had ever been written on it.
final class GuardedBoard {

    private final Board board;
    private final Consumer<String> distrusted;
    private final AtomicReference<@Nullable String> breach = new AtomicReference<>();
    private volatile boolean lost;

    /// @param distrusted told once of what is wrong with the board, by whoever finds it, be it under a lock
    GuardedBoard(Board board, Consumer<String> distrusted) {
        this.board = board;
        this.distrusted = distrusted;
    }

    Path path() {
        return board.path();
    }

    /// What is wrong with the board; empty as long as it can be trusted.
    Optional<String> breach() {
        return Optional.ofNullable(breach.get());
    }

    /// Whether it can't be read any more.
    boolean isLost() {
        return lost;
    }

    /// Notes that something stands on the board that Caisson doesn't write there.
    ///
    /// @param what that is
    void distrust(String what) {
        breach("was overwritten: " + what + ". Most likely native code in the worker wrote where it must not: look at"
                + " the native libraries, foreign memory and Unsafe that its tasks use, this one and those before it. Or"
                + " something wrote to that file");
    }

    private void lose(InternalError fault) {
        lost = true;
        breach("can't be read any more (" + fault.getMessage() + "). Something has truncated it: look for code in this"
                + " worker that writes to files which it did not make");
    }

    private void breach(String words) {
        var text = "Its board, a file that it shares with the pool (" + board.path() + "), " + words;
        if (breach.compareAndSet(null, text)) {
            distrusted.accept(text);
        }
    }

    /// See [Board#look]; 0 if the board is lost.
    long look(int offset) {
        if (lost) {
            return 0;
        }
        try {
            var value = board.look(offset);
            surfaceFault();
            return value;
        } catch (InternalError fault) {
            lose(fault);
            return 0;
        }
    }

    /// The claim word of a sequence number; 0, which is that of no task, if the board is lost.
    long claim(int sequence) {
        return look(BoardLayout.claimOffset(sequence));
    }

    /// See [Board#claim(int, long, long)]; false if the board is lost.
    boolean claim(int sequence, long expected, long next) {
        if (claim(sequence) != expected || lost) {
            return false;
        }
        try {
            var won = CompiledClaim.claim(board, sequence, expected, next);
            surfaceFault();
            return won;
        } catch (InternalError fault) {
            lose(fault);
            return false;
        }
    }

    /// See [Board#offer].
    void offer(int sequence, long word) {
        touch(() -> board.offer(sequence, word));
    }

    /// See [Board#mark()].
    ExitMark mark() {
        return ExitMark.of((int) look(BoardLayout.EXIT_MARK_OFFSET));
    }

    /// See [Board#lastWords()].
    String lastWords() {
        var words = new String[] {""};
        touch(() -> words[0] = board.lastWords());
        return words[0];
    }

    void putToken(Token token) {
        touch(() -> board.putToken(token));
    }

    void wipeToken() {
        touch(board::wipeToken);
    }

    /// Copies bytes of the outbox, as many as lie in one piece and find room.
    ///
    /// @param offset where in the stream
    /// @param limit where in the stream to stop
    /// @return how many; none if the board is lost
    int readOutbox(FrameDecoder frames, long offset, long limit) {
        var count = new int[1];
        touch(() -> {
            var piece = board.outbox(offset, limit);
            frames.fill(piece);
            count[0] = piece.position();
        });
        return lost ? 0 : count[0];
    }

    /// See [Board#close].
    void close() {
        touch(board::keepHead);
        board.close();
    }

    private void touch(Runnable access) {
        if (lost) {
            return;
        }
        try {
            access.run();
            surfaceFault();
        } catch (InternalError fault) {
            lose(fault);
        }
    }

    /// Any native method would do that the compiler does not know. See above.
    private void surfaceFault() {
        var ignored = Thread.holdsLock(this);
    }
}
