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
/// pool's folder under the same path.
///
/// Standard input should be a pipe, as it is by default with [ProcessBuilder]: the pool writes to
/// [Process#getOutputStream()] the secret by which it will know the worker, and closes it; tasks find standard input
/// empty. Where nothing can be written to it, since the launcher has redirected it, the secret is left in the worker's
/// own file, where other processes of the same user can read it until the worker has connected.
@FunctionalInterface
public interface WorkerLauncher {

    /// Starts one process.
    ///
    /// @param command what to start
    /// @return the running process
    /// @throws IOException if it can't be started; the pool tries again as its restart limit allows
    Process launch(LaunchCommand command) throws IOException;
}
