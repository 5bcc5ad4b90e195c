package dev.caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class OwnedFolderTest {

    @Test
    void sweepsTheFolderOfAProcessThatIsGoneAndNotThatOfALivingOne() throws IOException {
        var gone = Files.createTempDirectory("caisson-target-");
        Files.writeString(gone.resolve("owner.lock"), "1");
        Files.writeString(gone.resolve("A.class"), "x");
        var living = OwnedFolder.create();
        var beginning = Files.createTempDirectory("caisson-target-");
        try {
            OwnedFolder.sweep();

            assertThat(gone).doesNotExist();
            assertThat(living.path()).isDirectory();
            assertThat(beginning).as("one that has no lock yet").isDirectory();
        } finally {
            living.delete();
            Files.delete(beginning);
        }
        assertThat(living.path()).doesNotExist();
    }
}
