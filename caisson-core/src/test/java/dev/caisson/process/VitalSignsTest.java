package dev.caisson.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VitalSignsTest {

    @TempDir
    private Path process;

    @Test
    void tellsMemoryAndWhoTookTheTime() throws IOException {
        Files.writeString(
                process.resolve("status"), "Name:\tjava\nState:\tT (stopped)\nVmHWM:\t  2048 kB\nVmRSS:\t  1024 kB\n");
        Files.writeString(process.resolve("stat"), "1 (java) S 1 1 1 0 -1 4194560 0 0 0 0 150 50 0 0 20 0");
        thread(1, "java", 10);
        thread(2, "VM Thread", 90);

        assertThat(VitalSigns.of(process))
                .hasValue(new VitalSigns(true, 1024 * 1024, 2048 * 1024, 90, Duration.ofSeconds(2)));
    }

    @Test
    void tellsOfThisProcess() {
        assertThat(VitalSigns.of(ProcessHandle.current().pid())).hasValueSatisfying(seen -> {
            assertThat(seen.stopped()).isFalse();
            assertThat(seen.residentBytes()).isBetween(1L << 20, seen.peakBytes());
        });
    }

    @Test
    void tellsNothingOfAProcessThatIsGone() {
        assertThat(VitalSigns.of(process.resolve("gone"))).isEmpty();
    }

    private void thread(int id, String name, int ticks) throws IOException {
        var folder = Files.createDirectories(process.resolve("task/" + id));
        Files.writeString(
                folder.resolve("stat"), id + " (" + name + ") S 1 1 1 0 -1 4194560 0 0 0 0 " + ticks + " 0 0 0 20 0");
    }
}
