package dev.caisson.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Opens and reads files in places where workers can write, so that nothing they put there leads elsewhere or holds a
/// thread up: no link is followed, and only regular files are opened.
///
/// What a name stands for can change after it was looked at. So files are opened for reading and writing: a named pipe
/// that is opened so does not wait for another end. And they are read on threads of the system, a few at most for the
/// whole process, within a limit: a virtual thread that waits in `open` holds its carrier.
final class PlainFile {

    /// No report of a JVM is as long.
    static final long LARGEST_BYTES = 64L << 20;

    private static final int MOST_READERS = 4;
    private static final long LIMIT_MILLIS = 1000;
    private static final Semaphore READERS = new Semaphore(MOST_READERS);

    private PlainFile() {}

    /// Opens a regular file for reading and writing.
    ///
    /// @throws IOException also if it is none, or a link
    static FileChannel open(Path file) throws IOException {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw new IOException(file + " is no regular file");
        }
        return FileChannel.open(
                file, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    }

    /// The first bytes of a file. Blocks for a second at most.
    ///
    /// @param mostBytes how many at most
    /// @return empty if there is no such file, it is no regular one, is larger than any report, or can't be read in
    /// time
    static Optional<byte[]> head(Path file, int mostBytes) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty(); // nearly always, and at no cost
        }
        var content = new CompletableFuture<Optional<byte[]>>();
        try {
            if (!READERS.tryAcquire(LIMIT_MILLIS, TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
            startReader(file, mostBytes, content);
            return content.get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException _) {
            return Optional.empty();
        }
    }

    private static void startReader(Path file, int mostBytes, CompletableFuture<Optional<byte[]>> content) {
        try {
            Thread.ofPlatform().daemon().name("caisson-file").start(() -> {
                try {
                    content.complete(Optional.of(read(file, mostBytes)));
                } catch (IOException | RuntimeException | Error unreadable) {
                    content.completeExceptionally(unreadable);
                } finally {
                    READERS.release();
                }
            });
        } catch (OutOfMemoryError noThreads) {
            READERS.release();
            content.completeExceptionally(noThreads);
        }
    }

    private static byte[] read(Path file, int mostBytes) throws IOException {
        try (var channel = open(file)) {
            long size = channel.size();
            if (size > LARGEST_BYTES) {
                throw new IOException(file + " has " + size + " bytes, more than is read");
            }
            var bytes = ByteBuffer.allocate((int) Math.min(size, mostBytes));
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Goes on until there is no more.
            }
            return Arrays.copyOf(bytes.array(), bytes.position());
        }
    }
}
