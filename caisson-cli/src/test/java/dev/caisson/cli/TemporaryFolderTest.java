package dev.caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {

    @TempDir
    private Path folder;

    @Test
    void theCommandHeedsTmpdir() throws IOException, InterruptedException {
        var none = folder.resolve("none");
        try (var command = CommandProcess.startIn(
                Map.of("TMPDIR", none.toString()), folder, "map", "java.lang.Integer::parseInt", "1")) {

            assertThat(command.exit()).isEqualTo(Main.WRONG_USAGE);
            assertThat(command.told()).contains(none.toString(), "Set TMPDIR to one that is there");
        }
    }

    @Test
    void aFullFolderIsToldWithItsRoomAndAWayOut() {
        assertThatThrownBy(() -> TemporaryFolder.check(folder, Long.MAX_VALUE))
                .isInstanceOf(WrongUsage.class)
                .hasMessageContaining(folder.toString())
                .hasMessageMatching(".* is full: \\d+ KiB are free, and \\d+ KiB are needed.*")
                .hasMessageContaining("set TMPDIR to another folder");
    }

    @Test
    void leavesNothingWhereItLooked() {
        TemporaryFolder.check(folder, TemporaryFolder.LEAST_BYTES);

        assertThat(folder).isEmptyDirectory();
    }
}
