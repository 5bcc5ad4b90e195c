package dev.caisson.spi;

import java.io.IOException;

/// Starts worker processes. The default one starts them as children of this process.
///
/// Replace it to put workers elsewhere on this machine: into a container, a cgroup, another user's account. It is
/// called on a thread of the pool, possibly for several workers at a time, and may block; the pool's start time limit
/// goes on.
///
/// The pool relies on this of what is returned: its standard output and error can be read; it ends when
/// [Process#destroyForcibly()] is called; [Process#waitFor()] tells its exit code. The worker must see the files of the
/// pool's folder under the same path, and needs no standard input: give it an empty one.
@FunctionalInterface
public interface WorkerLauncher {

    /// Starts one process.
    ///
    /// @param command what to start
    /// @return the running process
    /// @throws IOException if it can't be started; the pool tries again as its restart limit allows
    Process launch(LaunchCommand command) throws IOException;
}
