package dev.caisson.process;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Deletes a folder that hostile code has filled: a worker's.
///
/// Where the system has folders that stay open ([SecureDirectoryStream]), nothing is reached by a path of more than one
/// name: whoever puts a link in the place of a folder meanwhile leads nobody elsewhere. What lies deeper is first moved
/// to the top, so that two open folders are enough for any depth.
final class FolderDeletion {

    private long moved;

    private FolderDeletion() {}

    /// Deletes a folder and all in it; what can't be deleted stays.
    static void delete(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var content = Files.newDirectoryStream(folder)) {
            if (content instanceof SecureDirectoryStream<Path>) {
                new FolderDeletion().empty(folder);
            } else {
                Files.walkFileTree(folder, new ByPath());
            }
        }
        Files.deleteIfExists(folder);
    }

    /// Each pass deletes the files at the top and takes one level off each folder there.
    private void empty(Path folder) throws IOException {
        boolean again = true;
        while (again) {
            again = false;
            try (var top = Files.newDirectoryStream(folder)) {
                for (var entry : top) {
                    again |= delete((SecureDirectoryStream<Path>) top, entry.getFileName());
                }
            }
        }
    }

    /// @return whether another pass is needed
    private boolean delete(SecureDirectoryStream<Path> top, Path name) {
        try {
            top.deleteFile(name);
            return false;
        } catch (IOException _) { // gone, or a folder
            return deleteFolder(top, name);
        }
    }

    private boolean deleteFolder(SecureDirectoryStream<Path> top, Path name) {
        boolean deeper = false;
        try (var folder = top.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            for (var entry : folder) {
                deeper |= deleteOrLift(folder, entry.getFileName(), top);
            }
        } catch (IOException _) {
            return deeper; // gone, or nobody may look into it
        }
        try {
            top.deleteDirectory(name);
        } catch (IOException _) {
            return deeper; // what is in it can be neither deleted nor moved
        }
        return deeper;
    }

    private boolean deleteOrLift(SecureDirectoryStream<Path> folder, Path name, SecureDirectoryStream<Path> top) {
        try {
            folder.deleteFile(name);
            return false;
        } catch (IOException _) { // gone, or a folder
            return lift(folder, name, top);
        }
    }

    private boolean lift(SecureDirectoryStream<Path> folder, Path name, SecureDirectoryStream<Path> top) {
        try {
            folder.move(name, top, Path.of(".caisson-" + ++moved));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// Where there is no better way.
    private static final class ByPath extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
