package dev.caisson.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryKillsTest {

    @TempDir
    private Path folder;

    @Test
    void asksTheControlGroupOfThisProcess() throws IOException {
        write("proc/self/cgroup", "0::/a/b\n");
        write("groups/a/b/memory.events", "low 0\noom 3\noom_kill 2\n");
        write("proc/vmstat", "oom_kill 7\n");

        assertThat(count()).hasValue(2);
    }

    @Test
    void asksTheRootWhereItsOwnGroupCantBeSeen() throws IOException {
        write("proc/self/cgroup", "4:memory:/of/the/host\n0::/\n");
        write("groups/memory/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 5\n");

        assertThat(count()).hasValue(5);
    }

    @Test
    void asksTheMachineWhereNoGroupTells() throws IOException {
        write("proc/vmstat", "nr_free_pages 1\noom_kill 7\n");

        assertThat(count()).hasValue(7);
    }

    @Test
    void tellsNothingWhereNobodyDoes() {
        assertThat(count()).isEmpty();
    }

    private OptionalLong count() {
        return MemoryKills.count(MemoryKills.places(folder.resolve("proc"), folder.resolve("groups")));
    }

    private void write(String file, String text) throws IOException {
        var path = folder.resolve(file);
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        Files.writeString(path, text);
    }
}
