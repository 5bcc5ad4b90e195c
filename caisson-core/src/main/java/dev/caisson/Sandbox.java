package dev.caisson;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// How far a pool's workers are shut off from the rest of the machine. Immutable; the methods return changed copies.
///
/// Needs Linux, and a program that makes namespaces: `bwrap` of bubblewrap, or `unshare` of util-linux for
/// [#NO_NETWORK]. [ProcessPool.Builder#build()] tries it once, and refuses with a remedy where it doesn't work. A
/// sandbox does not limit memory or CPU time: the pool's own limits do.
///
/// | | [#NONE] | [#NO_NETWORK] | [#STRICT] |
/// |---|---|---|---|
/// | network | as this process | none, not even to this machine | none |
/// | processes seen, and signalled | those of the user | the worker's own | the worker's own |
/// | files read | those of the user | those of the user | those of the user but for homes, `/tmp`, `/run`, `/dev/shm`; of these the JDK, the class path, the working directory and the readable paths |
/// | files written | those of the user | those of the user | the worker's own folder, its temporary folder, the writable paths |
/// | new privileges (set-user-id programs) | as this process | none | none |
///
/// @param level how much is shut off
/// @param readablePaths what workers may read besides, absolute; of use with [#STRICT] only
/// @param writablePaths what workers may read and write besides, absolute; the same
public record Sandbox(Level level, List<Path> readablePaths, List<Path> writablePaths) {

    /// How much is shut off.
    public enum Level {
        /// Nothing.
        NONE,
        /// Network, other processes, their shared memory, new privileges.
        NO_NETWORK,
        /// That, and files.
        STRICT
    }

    /// No sandbox: workers may do what this process may. The default.
    public static final Sandbox NONE = new Sandbox(Level.NONE, List.of(), List.of());

    /// Neither network nor other processes; files as without a sandbox.
    public static final Sandbox NO_NETWORK = new Sandbox(Level.NO_NETWORK, List.of(), List.of());

    /// Neither network nor other processes nor, but for a few, files.
    public static final Sandbox STRICT = new Sandbox(Level.STRICT, List.of(), List.of());

    /// Copies the lists and makes the paths absolute.
    ///
    /// @throws IllegalArgumentException if paths are named for a level that doesn't heed them
    public Sandbox {
        readablePaths = absolute(readablePaths);
        writablePaths = absolute(writablePaths);
        if (level != Level.STRICT && !(readablePaths.isEmpty() && writablePaths.isEmpty())) {
            throw new IllegalArgumentException("Sandbox." + level + " leaves all files as they are, so that readable("
                    + readablePaths + ") and writable(" + writablePaths + ") have no use: take Sandbox.STRICT");
        }
    }

    /// The same, with further files and folders that workers may read.
    ///
    /// @param paths existing ones; folders with all in them
    /// @return the changed copy
    public Sandbox readable(Path... paths) {
        return new Sandbox(level, joined(readablePaths, paths), writablePaths);
    }

    /// The same, with further files and folders that workers may read and write: this process must not trust what is in
    /// them afterwards.
    ///
    /// @param paths existing ones; folders with all in them
    /// @return the changed copy
    public Sandbox writable(Path... paths) {
        return new Sandbox(level, readablePaths, joined(writablePaths, paths));
    }

    private static List<Path> joined(List<Path> paths, Path... more) {
        return Stream.concat(paths.stream(), Stream.of(more)).toList();
    }

    private static List<Path> absolute(List<Path> paths) {
        return paths.stream().map(path -> path.toAbsolutePath().normalize()).toList();
    }
}
