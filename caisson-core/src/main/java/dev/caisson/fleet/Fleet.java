package dev.caisson.fleet;

/// Where a pool's workers come from.
public interface Fleet extends AutoCloseable {

    /// A worker that doesn't exist yet: [WorkerHandle#start] brings it to life. Never blocks.
    WorkerHandle worker(int slot, int generation, WorkerEvents events);

    /// Called once, when all workers are gone: leaves nothing behind.
    @Override
    void close();
}
