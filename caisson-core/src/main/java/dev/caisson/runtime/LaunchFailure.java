package dev.caisson.runtime;

import dev.caisson.fleet.Shortage;
import dev.caisson.protocol.BoardLayout;
import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Why a worker's process could not even be created, in words.
///
/// @param cause what the attempt ended with
record LaunchFailure(Throwable cause) {

    private static final int KILOBYTE = 1024;

    /// What happened, without a full stop.
    String what() {
        var message = cause.getMessage() == null
                ? cause.getClass().getName()
                : Printable.line(
                        cause.getMessage().lines().findFirst().orElse("").strip());
        return switch (cause) {
            case NoSuchFileException _ -> "there is no folder for " + message;
            case AccessDeniedException _ -> "this program may not write " + message;
            default -> message;
        };
    }

    /// What to do.
    String remedy() {
        var shortage = Shortage.of(cause);
        if (shortage.isPresent()) {
            return shortage.get().remedy();
        }
        if (String.valueOf(cause.getMessage()).contains("File too large")) {
            return "A worker's board, a file of " + BoardLayout.BOARD_BYTES / KILOBYTE
                    + " KB in the pool's folder, is larger than this program's files may be: raise ulimit -f.";
        }
        if (cause instanceof FileSystemException || cause instanceof FileNotFoundException) {
            return "Pools have their folders in /dev/shm or, where that can't be written or has less than 32 MB of room,"
                    + " in java.io.tmpdir: make one of them writable, or set -Djava.io.tmpdir to a folder that is.";
        }
        return "Check javaHome, launchPrefix, workingDirectory and the limits on files and processes (ulimit -a).";
    }
}
