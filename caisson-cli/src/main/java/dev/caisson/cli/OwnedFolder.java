package dev.caisson.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/// A temporary folder of this process, which a later one removes if this one is killed.
///
/// A lock on a file in it tells that its owner lives: the system releases it whatever the end, and it holds among
/// containers that share the folder too. The file is empty until it is locked; such folders get time.
final class OwnedFolder {

    private static final String PREFIX = "caisson-target-";
    private static final String LOCK = "owner.lock";
    private static final Duration TIME_TO_LOCK = Duration.ofMinutes(1);

    private final Path path;
    private final FileChannel lock;

    private OwnedFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    static OwnedFolder create() throws IOException {
        var path = Files.createTempDirectory(PREFIX);
        var lock = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        lock.lock();
        lock.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return new OwnedFolder(path, lock);
    }

    Path path() {
        return path;
    }

    /// Removes it. More than once does no harm.
    void delete() throws IOException {
        lock.close();
        delete(path);
    }

    /// Removes the folders of processes that are gone. What can't be removed stays for the next time.
    static void sweep() {
        try (var folders = Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), PREFIX + "*")) {
            for (var folder : folders) {
                sweep(folder);
            }
        } catch (IOException e) {
            return;
        }
    }

    private static void sweep(Path folder) {
        try {
            if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && isAbandoned(folder)) {
                delete(folder);
            }
        } catch (IOException | UncheckedIOException e) {
            // Another user's, or swept by another process right now.
            return;
        }
    }

    private static boolean isAbandoned(Path folder) throws IOException {
        var file = folder.resolve(LOCK);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) == 0) {
            return Files.getLastModifiedTime(folder)
                    .toInstant()
                    .isBefore(Instant.now().minus(TIME_TO_LOCK));
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
