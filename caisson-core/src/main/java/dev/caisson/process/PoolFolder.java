package dev.caisson.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// The private folder where a pool and its workers meet: socket, boards, argument files, crash reports.
///
/// It lies in memory (`/dev/shm`) where there is room, so that boards never wait for a disk; else in the folder for
/// temporary files. Its name tells the owner's process id, and the owner holds a lock on a file in it for as long as it
/// lives: what is not locked is swept by the next who creates one. When this process ends in good order, folders
/// without running workers are deleted; one with workers is left to these, since shutdown hooks of the program may
/// still use the pool: they end, and clean up, when this process is gone. Thread-safe.
public final class PoolFolder implements AutoCloseable {

    static final String PREFIX = "caisson-";

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final Path TEMPORARY = Path.of("/tmp");
    private static final long ROOM_BYTES = 32L * 1024 * 1024;
    /// What the shortest `sun_path` of the supported systems holds, without its final zero.
    private static final int SOCKET_PATH_BYTES = 103;

    private static final int TRIES = 16;

    private final Path path;
    private final OwnerLock lock;
    private final AtomicInteger runningWorkers = new AtomicInteger();

    private PoolFolder(Path path, OwnerLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /// Creates a folder of mode 0700 and removes those whose owner is dead. May block for some milliseconds.
    ///
    /// @return the new folder, which the caller closes
    /// @throws IOException if no place is writable or all have paths too long for a socket; the message tells the way
    /// out
    public static PoolFolder create() throws IOException {
        var temporary = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
        return createIn(hasRoom(MEMORY) ? MEMORY : fits(temporary) ? temporary : TEMPORARY);
    }

    static PoolFolder createIn(Path base) throws IOException {
        if (!fits(base)) {
            throw new IOException(
                    "The folder for temporary files, " + base + ", has too long a path for a socket in it ("
                            + SOCKET_PATH_BYTES + " bytes in all): set -Djava.io.tmpdir to a shorter one");
        }
        var path = createPrivate(base);
        var folder = new PoolFolder(path, lock(path));
        FoldersAtExit.add(folder);
        FolderSweep.sweep(base, path);
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
        FoldersAtExit.remove(this);
        FolderSweep.delete(path);
        lock.close();
    }

    /// By the methods of `File`: they need none of the classes that a file store brings into a young JVM.
    private static boolean hasRoom(Path memory) {
        var folder = memory.toFile();
        return folder.isDirectory() && folder.canWrite() && folder.getUsableSpace() >= ROOM_BYTES;
    }

    private static boolean fits(Path base) {
        var longest = base.resolve(name(Integer.MAX_VALUE)).resolve("pool.sock").toString();
        return longest.getBytes(StandardCharsets.UTF_8).length <= SOCKET_PATH_BYTES;
    }

    private static Path createPrivate(Path base) throws IOException {
        var attributes = File.separatorChar == '/' ? new FileAttribute<?>[] {ownerOnly()} : new FileAttribute<?>[0];
        for (var attempt = 1; ; attempt++) {
            try {
                return Files.createDirectory(
                        base.resolve(name(ProcessHandle.current().pid())), attributes);
            } catch (FileAlreadyExistsException taken) {
                if (attempt == TRIES) {
                    throw taken;
                }
            }
        }
    }

    private static FileAttribute<?> ownerOnly() {
        return PosixFilePermissions.asFileAttribute(Set.of(
                PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));
    }

    private static String name(long pid) {
        return PREFIX + pid + "-"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(), 10);
    }
}
