package dev.caisson.process;

import dev.caisson.family.FamilyMark;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;

/// Removes what dead owners left: their folders, and the processes of their workers' families.
final class FolderSweep {

    private static final Pattern NAME = Pattern.compile(PoolFolder.PREFIX + "([0-9]{1,18})-[0-9a-f]{10}");
    /// A folder is without its lock for the moment of its creation, and while it is deleted.
    private static final Duration CREATION = Duration.ofSeconds(10);

    private FolderSweep() {}

    /// Sweeps a place. Only folders of the same user, and never what links lead to: others may write there too.
    ///
    /// @param base where to look
    /// @param own a folder of this process, which is left alone
    static void sweep(Path base, Path own) {
        // A plain list of names: nearly always there is nothing else of ours, and a young JVM is spared the rest.
        var names = Objects.requireNonNullElse(base.toFile().list(), new String[0]);
        for (var name : names) {
            if (name.startsWith(PoolFolder.PREFIX)
                    && !name.equals(own.getFileName().toString())) {
                sweepFolder(base.resolve(name), own);
            }
        }
    }

    private static void sweepFolder(Path folder, Path own) {
        try {
            var user = Files.getOwner(own, LinkOption.NOFOLLOW_LINKS);
            if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(user)
                    && isLeftBehind(folder)) {
                FamilyMark.killBearersOfPool(folder.getFileName().toString());
                delete(folder);
            }
        } catch (IOException _) {
            // It is gone already, or not ours. The next sweep finds what this one missed.
        }
    }

    private static boolean isLeftBehind(Path folder) throws IOException {
        var name = NAME.matcher(folder.getFileName().toString());
        if (!name.matches()) {
            return false;
        }
        var lock = folder.resolve(OwnerLock.FILE);
        if (!Files.exists(lock, LinkOption.NOFOLLOW_LINKS)) {
            return writtenAt(folder).isBefore(Instant.now().minus(CREATION));
        }
        return !mayBeOwn(Long.parseLong(name.group(1)), lock) && OwnerLock.isAbandoned(folder);
    }

    /// True if this process may have made it, through another copy of this class even.
    private static boolean mayBeOwn(long pid, Path lock) throws IOException {
        var self = ProcessHandle.current();
        if (pid != self.pid()) {
            return false;
        }
        var startedAt = self.info().startInstant();
        return startedAt.isEmpty() || writtenAt(lock).isAfter(startedAt.get().minusSeconds(2));
    }

    private static Instant writtenAt(Path path) throws IOException {
        return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
    }

    /// Deletes a folder and all in it, as far as possible; follows no links.
    static void delete(Path folder) {
        try {
            FolderDeletion.delete(folder);
        } catch (IOException | DirectoryIteratorException | SecurityException _) {
            // The next sweep tries again.
        }
    }
}
