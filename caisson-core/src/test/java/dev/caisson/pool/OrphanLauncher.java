package dev.caisson.pool;

import dev.caisson.ProcessPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A program that opens a pool, keeps its workers busy and waits to be killed. Writes its workers' process ids.
final class OrphanLauncher {

    private OrphanLauncher() {}

    /// Opens a pool, and never closes it.
    ///
    /// @param arguments what to do, and the file for the process ids
    @SuppressWarnings("resource") // it is killed with its pool open
    public static void main(String[] arguments) throws Exception {
        var pids = arguments[1];
        switch (arguments[0]) {
            case "busy" -> {
                var pool = ProcessPool.create(3);
                pool.execute(() -> {
                    Deeds.note(pids, Deeds.pid());
                    Deeds.spin();
                });
                pool.execute(() -> {
                    var child = new ProcessBuilder("sleep", "1000").start();
                    Deeds.note(pids, Deeds.pid());
                    Deeds.note(pids, child.pid());
                    Deeds.note(pids, reparented());
                    child.waitFor();
                });
                pool.execute(() -> {
                    Deeds.note(pids, Deeds.pid());
                    Deeds.swallowInterrupts();
                });
            }
            case "starting" -> {
                var _ = ProcessPool.create(2);
            }
            case "open-at-exit" -> {
                var pool = ProcessPool.create(1);
                Deeds.note(pids, pool.submit(Deeds::pid).get());
                Deeds.note(pids, pool.submit(OrphanLauncher::reparented).get());
                pool.execute(() -> Deeds.hang());
                return;
            }
            case "shared-at-exit" -> {
                var pool = ProcessPool.shared(builder -> builder.workers(1));
                Deeds.note(pids, pool.submit(Deeds::pid).get());
                Deeds.note(pids, pool.submit(OrphanLauncher::reparented).get());
                return;
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        Files.createFile(Path.of(pids + ".started"));
        Deeds.hang();
    }

    /// Starts a process that no tree shows as this one's: who started it has ended.
    private static long reparented() throws IOException {
        var shell = new ProcessBuilder("sh", "-c", "sleep 1000 >/dev/null 2>&1 & echo $!").start();
        try (var output = shell.inputReader()) {
            return Long.parseLong(output.readLine());
        }
    }
}
