package dev.caisson.testing;

import dev.caisson.protocol.BoardLayout;
import dev.caisson.protocol.ClaimState;
import dev.caisson.protocol.ClaimWord;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// What a worker can do to the file that it shares with its pool. To be called in a worker.
public final class OwnBoard {

    private OwnBoard() {}

    /// Writes over the words by which worker and pool settle who has which task, as stray native code may.
    public static void overwriteClaims(int with) throws IOException {
        try (var board = open()) {
            var bytes = new byte[BoardLayout.CLAIMS * Long.BYTES];
            Arrays.fill(bytes, (byte) with);
            board.seek(BoardLayout.CLAIMS_OFFSET);
            board.write(bytes);
        }
    }

    /// Tells of every item that runs that it has ended.
    public static void tellThatAllHasEnded() throws IOException {
        try (var board = open()) {
            var word = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
            for (int slot = 0; slot < BoardLayout.CLAIMS; slot++) {
                board.seek(BoardLayout.claimOffset(slot));
                board.readFully(word.array());
                long now = word.getLong(0);
                if (ClaimWord.state(now) == ClaimState.BEGUN) {
                    word.putLong(0, ClaimWord.end(now, ClaimWord.sequence(now), ClaimWord.item(now)));
                    board.seek(BoardLayout.claimOffset(slot));
                    board.write(word.array());
                }
            }
        }
    }

    /// Cuts it and gives it its length again, for ever.
    public static void truncateAndRestore() throws IOException {
        try (var board = open()) {
            long length = board.length();
            while (true) {
                board.setLength(0);
                board.setLength(length);
            }
        }
    }

    /// Leaves nothing of it.
    public static void truncate() throws IOException {
        try (var board = open()) {
            board.setLength(0);
        }
    }

    private static RandomAccessFile open() throws IOException {
        try (var mappings = Files.lines(Path.of("/proc/self/maps"))) {
            var mapping =
                    mappings.filter(line -> line.endsWith(".board")).findFirst().orElseThrow();
            return new RandomAccessFile(mapping.substring(mapping.indexOf('/')), "rw");
        }
    }
}
