package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.testing.Pools;
import dev.caisson.testing.RunningProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A pool whose folder is deleted by somebody else: a sweep of temporary files, or the end of a login session.
class FolderTest {

    @Test
    @Tag("Q47")
    void goesOnInAnotherFolder(Pools pools) throws Exception {
        var pool = pools.open(1);
        long first = pool.submit(Deeds::pid).get();
        deleteFolders();

        assertThat(pool.submit(Deeds::pid).get(20, TimeUnit.SECONDS)).isEqualTo(first);
        RunningProcess.signal(first, "KILL");
        long second = pool.submit(Deeds::pid).get(20, TimeUnit.SECONDS);
        RunningProcess.signal(second, "KILL");

        assertThat(pool.submit(() -> 3).get(20, TimeUnit.SECONDS)).isEqualTo(3);
        pool.close();
    }

    private static void deleteFolders() throws IOException {
        var prefix = "caisson-" + Deeds.pid() + "-";
        for (var place : List.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")))) {
            try (var folders = Files.newDirectoryStream(place, prefix + "*")) {
                for (var folder : folders) {
                    try (var files = Files.walk(folder)) {
                        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                            Files.delete(file);
                        }
                    }
                }
            }
        }
    }
}
