package dev.caisson.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The private folder where a pool and its workers meet: socket, argument files, and a [WorkerFolder] for each worker.
/// Workers' temporary files, which may be large, have a second folder of the same name.
///
/// It lies in memory (`/dev/shm`) where there is room, so that boards never wait for a disk; else in the folder for
/// temporary files. The second one always lies there. Its name tells the owner's process id, and the owner holds a lock
/// on a file in it for as long as it lives: what is not locked is swept by the next who creates one. When this process
/// ends in good order, folders without running workers are deleted; one with workers is left to these, since shutdown
/// hooks of the program may still use the pool: they end, and clean up, when this process is gone. Thread-safe.
public final class PoolFolder implements AutoCloseable {

    static final String PREFIX = "caisson-";

    /// Name of the pool's socket.
    static final String SOCKET = "pool.sock";

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final Path TEMPORARY = Path.of("/tmp");
    private static final long ROOM_BYTES = 32L * 1024 * 1024;
    /// What the shortest `sun_path` of the supported systems holds, without its final zero.
    private static final int SOCKET_PATH_BYTES = 103;

    /// Workers whose numbers have more digits than these have no path to the socket where the base's path is longest.
    private static final int LARGEST_SLOT = 9_999;

    private static final int LARGEST_GENERATION = 999_999_999;

    private static final int TRIES = 16;

    private final Path path;
    private final OwnerLock lock;

    /// For temporary files; null if they are in this folder.
    private final @Nullable PoolFolder temporary;

    private final AtomicInteger runningWorkers = new AtomicInteger();

    private PoolFolder(Path path, OwnerLock lock, @Nullable PoolFolder temporary) {
        this.path = path;
        this.lock = lock;
        this.temporary = temporary;
    }

    /// Creates a folder of mode 0700 and removes those whose owner is dead. May block for some milliseconds. Needs a
    /// [FoldersAtExit.Hold] until a worker is started.
    ///
    /// @return the new folder, which the caller closes
    /// @throws IOException if no place is writable or all have paths too long for a socket; the message tells the way
    /// out
    public static PoolFolder create() throws IOException {
        FoldersAtExit.check();
        var temporary = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
        if (!hasRoom(MEMORY)) {
            return createIn(fits(temporary) ? temporary : TEMPORARY);
        }
        var path = createPrivate(MEMORY);
        var lock = lock(path);
        try {
            return opened(new PoolFolder(path, lock, ofTemporaryFiles(temporary, path)), MEMORY);
        } catch (IOException | RuntimeException failure) {
            FolderSweep.delete(path);
            lock.close();
            throw failure;
        }
    }

    static PoolFolder createIn(Path base) throws IOException {
        if (!fits(base)) {
            throw new IOException(
                    "The folder for temporary files, " + base + ", has too long a path for a socket in it ("
                            + SOCKET_PATH_BYTES + " bytes in all): set -Djava.io.tmpdir to a shorter one");
        }
        var path = createPrivate(base);
        return opened(new PoolFolder(path, lock(path), null), base);
    }

    private static PoolFolder ofTemporaryFiles(Path base, Path inMemory) throws IOException {
        var path = Files.createDirectory(base.resolve(inMemory.getFileName()), OwnerOnly.folder());
        FolderSweep.sweep(base, path);
        return new PoolFolder(path, lock(path), null);
    }

    private static PoolFolder opened(PoolFolder folder, Path base) {
        FoldersAtExit.add(folder);
        FolderSweep.sweep(base, folder.path);
        return folder;
    }

    private static OwnerLock lock(Path folder) throws IOException {
        try {
            return OwnerLock.take(folder);
        } catch (IOException failure) {
            FolderSweep.delete(folder);
            throw failure;
        }
    }

    /// Where it is.
    ///
    /// @return absolute; short enough for the path of a socket in it
    public Path path() {
        return path;
    }

    /// Whether nobody else has deleted it.
    public boolean isThere() {
        return path.toFile().exists() && (temporary == null || temporary.isThere());
    }

    /// Makes the places of one worker's files. Blocks as the file system does. Needs a [FoldersAtExit.Hold] until the
    /// worker is started.
    ///
    /// @throws IOException if they can't be made
    public WorkerFolder worker(int slot, int generation) throws IOException {
        if (!hasRunningWorkers()) {
            FoldersAtExit.check();
        }
        var name = workerName(slot, generation);
        var own = path.resolve(name);
        return WorkerFolder.create(path, own, temporary == null ? own.resolve("tmp") : temporary.path.resolve(name));
    }

    private static String workerName(int slot, int generation) {
        return "worker-" + slot + "-" + generation;
    }

    /// Name that no other folder of this machine has had or will have.
    String name() {
        return path.getFileName().toString();
    }

    void workerStarted() {
        runningWorkers.incrementAndGet();
    }

    void workerEnded() {
        runningWorkers.decrementAndGet();
    }

    boolean hasRunningWorkers() {
        return runningWorkers.get() > 0;
    }

    /// Deletes the folder and all in it. What a worker deletes at the same time is no error. Idempotent.
    @Override
    public void close() {
        FolderSweep.delete(path);
        lock.close();
        if (temporary != null) {
            temporary.close();
        }
        FoldersAtExit.remove(this); // or nobody would go on with it where this process ends meanwhile
    }

    /// By the methods of `File`: they need none of the classes that a file store brings into a young JVM.
    private static boolean hasRoom(Path memory) {
        var folder = memory.toFile();
        return folder.isDirectory() && folder.canWrite() && folder.getUsableSpace() >= ROOM_BYTES;
    }

    private static boolean fits(Path base) {
        var longest = base.resolve(name(Integer.MAX_VALUE))
                .resolve(workerName(LARGEST_SLOT, LARGEST_GENERATION))
                .resolve(SOCKET)
                .toString();
        return longest.getBytes(StandardCharsets.UTF_8).length <= SOCKET_PATH_BYTES;
    }

    private static Path createPrivate(Path base) throws IOException {
        for (var attempt = 1; ; attempt++) {
            try {
                return Files.createDirectory(
                        base.resolve(name(ProcessHandle.current().pid())), OwnerOnly.folder());
            } catch (FileAlreadyExistsException taken) {
                if (attempt == TRIES) {
                    throw taken;
                }
            }
        }
    }

    private static String name(long pid) {
        return PREFIX + pid + "-"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(), 10);
    }
}
