package dev.caisson.hostile;

import dev.caisson.protocol.BoardLayout;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The files of a program's pools, as a hostile task of the same user finds them.
final class PoolFiles {

    private static final List<Path> PLACES = List.of(Path.of("/dev/shm"), Path.of("/tmp"));

    private PoolFiles() {}

    /// Folders of the pools of a process.
    static List<Path> folders(long parent) throws IOException {
        var found = new ArrayList<Path>();
        for (var place : PLACES) {
            try (var folders = Files.newDirectoryStream(place, "caisson-" + parent + "-*")) {
                folders.forEach(found::add);
            }
        }
        return found;
    }

    /// All that is in them and readable.
    static List<Path> all(long parent) throws IOException {
        var found = new ArrayList<Path>();
        for (var folder : folders(parent)) {
            try (var files = Files.walk(folder)) {
                files.forEach(found::add);
            } catch (IOException | java.io.UncheckedIOException meanwhileGone) {
                // The next look finds what this one missed.
            }
        }
        return found;
    }

    /// Sockets that a worker may connect to.
    static Path socket(long parent) throws IOException {
        return named(parent, "pool.sock").findFirst().orElseThrow();
    }

    static Stream<Path> named(long parent, String name) throws IOException {
        return all(parent).stream().filter(file -> file.endsWith(name));
    }

    /// Whether a file holds the token of a worker that has not connected yet.
    static boolean holdsToken(Path file) {
        try (var board = new RandomAccessFile(file.toFile(), "r")) {
            if (board.length() != BoardLayout.BOARD_BYTES) {
                return false;
            }
            board.seek(BoardLayout.TOKEN_OFFSET);
            long first = board.readLong();
            long second = board.readLong();
            return first != 0 || second != 0;
        } catch (IOException noFile) {
            return false;
        }
    }
}
