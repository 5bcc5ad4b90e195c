package dev.caisson.worker;

import dev.caisson.protocol.Hello.Token;
import dev.caisson.transport.Board;
import dev.caisson.transport.ParentLink;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The secret that the pool sends a worker on its standard input. Afterwards standard input is at its end.
final class ReceivedToken {

    /// For how long to look on the board. The pool writes there as soon as the process is started.
    private static final int LOOKS = 1000;

    /// So often it makes sure that the pool is still there.
    private static final int LOOKS_PER_CHECK = 20;

    private ReceivedToken() {}

    /// Waits for it.
    ///
    /// @param board where it is if standard input is empty from the beginning
    /// @return null if it is nowhere, or its pool is gone
    static @Nullable Token read(Board board) {
        var bytes = new byte[Token.BYTES];
        var length = 0;
        try {
            @SuppressWarnings("resource") // it is the process's, not ours to close
            var input = new FileInputStream(FileDescriptor.in);
            while (length < bytes.length) {
                var count = input.read(bytes, length, bytes.length - length);
                if (count < 0) {
                    break;
                }
                length += count;
            }
        } catch (IOException closed) {
            // As good as empty.
        }
        return length == bytes.length ? Token.of(bytes) : length == 0 ? onBoard(board) : null;
    }

    private static @Nullable Token onBoard(Board board) {
        try {
            for (var look = 0; look < LOOKS; look++) {
                if (look % LOOKS_PER_CHECK == 0 && !ParentLink.parentLives(board.path())) {
                    return null;
                }
                var token = board.token();
                if (!token.equals(Token.NONE)) {
                    return token;
                }
                Thread.sleep(1);
            }
        } catch (InterruptedException nobodyWantsItAnyMore) {
            Thread.currentThread().interrupt();
        }
        return null;
    }
}
