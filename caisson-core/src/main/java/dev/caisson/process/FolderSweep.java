package dev.caisson.process;

import dev.caisson.family.FamilyMark;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Removes what dead owners left: their folders, and the processes of their workers' families.
final class FolderSweep {

    private static final Pattern NAME = Pattern.compile(PoolFolder.PREFIX + "([0-9]{1,18})-[0-9a-f]{10}");
    /// A folder is without its lock for the moment of its creation, and while it is deleted.
    private static final Duration CREATION = Duration.ofSeconds(10);

    private static final int LEVELS = 8;
    private static final int MOST_WALKS = 4096;

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
    ///
    /// A worker may have nested folders as deep as it likes, and a walk holds a descriptor for each level. So it goes a
    /// few levels down only, and moves up what lies deeper, for the next walk.
    static void delete(Path folder) {
        for (int walks = 0; walks < MOST_WALKS; walks++) {
            var deletion = new Deletion(folder, walks);
            try {
                Files.walkFileTree(folder, Set.of(), LEVELS, deletion);
            } catch (IOException | RuntimeException _) {
                return; // the next sweep tries again
            }
            if (!deletion.movedUp) {
                return;
            }
        }
    }

    /// Goes on where something is gone already, or can't be deleted.
    private static final class Deletion extends SimpleFileVisitor<Path> {

        private final Path folder;
        private final int walk;
        private int tries;
        private boolean movedUp;

        Deletion(Path folder, int walk) {
            this.folder = folder;
            this.walk = walk;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!isDeleted(file) && attributes.isDirectory()) {
                moveUp(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            var ignored = isDeleted(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
            var ignored = isDeleted(directory);
            return FileVisitResult.CONTINUE;
        }

        private static boolean isDeleted(Path path) {
            try {
                Files.deleteIfExists(path);
                return true;
            } catch (IOException _) {
                return false;
            }
        }

        private void moveUp(Path deep) {
            try {
                Files.move(deep, folder.resolve("deep-" + walk + "-" + tries++), StandardCopyOption.ATOMIC_MOVE);
                movedUp = true;
            } catch (IOException _) {
                // It stays, and its parents with it.
            }
        }
    }
}
