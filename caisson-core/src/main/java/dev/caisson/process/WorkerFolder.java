package dev.caisson.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The folders of one worker, both of mode 0700: one with its board, its way to the pool's socket and its crash report,
/// and one for its temporary files. A sandbox shows a worker these, and none of its neighbours'.
///
/// @param pool the pool's folder, with what all workers read
/// @param path the worker's own folder in it
/// @param temporary the folder for temporary files
public record WorkerFolder(Path pool, Path path, Path temporary) {

    static WorkerFolder create(Path pool, Path path, Path temporary) throws IOException {
        var folder = new WorkerFolder(pool, path, temporary);
        try {
            Files.createDirectory(path, OwnerOnly.folder());
            Files.createDirectory(temporary, OwnerOnly.folder());
            return folder;
        } catch (IOException | RuntimeException failure) {
            folder.delete(); // or it would be in the way of another try
            throw failure;
        }
    }

    /// Deletes both with all in them, as far as possible; follows no links. Idempotent. The worker must be gone.
    ///
    /// What it left may be a lot: that is deleted by a thread of its own.
    public void delete() {
        if (!areDeletedEmpty()) {
            try {
                Thread.ofPlatform().daemon().name("caisson-cleanup").start(this::deleteAll);
            } catch (OutOfMemoryError noThreads) {
                // Goes with the pool's folder.
            }
        }
    }

    private void deleteAll() {
        FolderSweep.delete(path);
        FolderSweep.delete(temporary);
    }

    private boolean areDeletedEmpty() {
        for (var left : List.of(path.resolve(PoolFolder.SOCKET), path.resolve(ArgumentFile.NAME), temporary, path)) {
            var ignored = left.toFile().delete();
        }
        return !path.toFile().exists() && !temporary.toFile().exists();
    }
}
