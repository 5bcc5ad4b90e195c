package dev.caisson.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LaunchFailureTest {

    @Test
    void tellsWhereFoldersGoIfThereIsNoPlaceForThem() {
        var missing = new LaunchFailure(new NoSuchFileException("/nowhere/caisson-1-0123456789"));
        var readOnly = new LaunchFailure(new FileSystemException("/tmp/caisson-1", null, "Read-only file system"));

        assertThat(missing.what()).isEqualTo("there is no folder for /nowhere/caisson-1-0123456789");
        assertThat(missing.remedy()).contains("java.io.tmpdir").contains("/dev/shm");
        assertThat(readOnly.what()).contains("Read-only file system");
        assertThat(readOnly.remedy()).contains("java.io.tmpdir").contains("/dev/shm");
    }

    @Test
    @Tag("Q47")
    void tellsWhichFileIsTooLarge() {
        assertThat(new LaunchFailure(new IOException("File too large")).remedy())
                .contains("board")
                .contains("ulimit -f");
    }

    @Test
    void knowsALackOfDescriptorsByAllItsWords() {
        assertThat(new LaunchFailure(new IOException("Cannot run program \"java\": Bad file descriptor")).remedy())
                .contains("ulimit -n");
    }

    @Test
    void suspectsTheSettingsOtherwise() {
        assertThat(new LaunchFailure(new IOException("Cannot run program \"java\": error=2")).remedy())
                .contains("javaHome")
                .contains("launchPrefix");
    }
}
