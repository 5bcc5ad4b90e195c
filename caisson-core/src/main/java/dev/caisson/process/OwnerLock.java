package dev.caisson.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The lock that tells that a folder's owner lives.
///
/// A process id would not do: it comes again, and containers that share a folder have the same ones. The system lets
/// the lock go when the process ends, however it ends. A lock of POSIX also goes when its own process closes *any*
/// descriptor of the file, so a process never opens the file of a folder which may be its own.
final class OwnerLock {

    static final String FILE = "owner";

    private static final String UNLOCKED = "owner.new";

    private final FileChannel channel;

    private OwnerLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Takes the lock of a new folder. The file gets its name when it is locked: nobody sees it otherwise.
    static OwnerLock take(Path folder) throws IOException {
        var unlocked = folder.resolve(UNLOCKED);
        var channel = FileChannel.open(unlocked, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        tryLock(channel);
        Files.move(unlocked, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        return new OwnerLock(channel);
    }

    /// True if the folder of another process has no owner any more. When in doubt it has: where something else lies in
    /// the file's place, say.
    static boolean isAbandoned(Path folder) {
        try (var channel = PlainFile.open(folder.resolve(FILE))) {
            return tryLock(channel) != null;
        } catch (IOException _) {
            return false;
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // The file is deleted; nothing else depends on it.
        }
    }

    /// Where the file system has no locks, nobody can take one, and nobody sweeps.
    private static @Nullable FileLock tryLock(FileChannel channel) {
        try {
            return channel.tryLock();
        } catch (IOException | OverlappingFileLockException _) {
            return null;
        }
    }
}
