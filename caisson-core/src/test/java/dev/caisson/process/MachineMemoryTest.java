package dev.caisson.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("I36")
final class MachineMemoryTest {

    @TempDir
    private Path root;

    @Test
    void knowsThisMachines() {
        assertThat(MachineMemory.bytes().orElseThrow()).isGreaterThan(100L << 20);
    }

    @Test
    void takesTheMachinesWhereNoContainerLimitsIt() throws IOException {
        write("proc/meminfo", "MemTotal:       24684096 kB\nMemFree: 7 kB\n");
        write("proc/self/cgroup", "4:memory:/some/group\n0::/\n");
        write("sys/fs/cgroup/memory.max", "max\n");
        write("sys/fs/cgroup/memory/some/group/memory.limit_in_bytes", "9223372036854771712\n");

        assertThat(MachineMemory.bytes(root)).hasValue(24684096L << 10);
    }

    @Test
    void takesTheLimitOfACgroupOfVersion2() throws IOException {
        write("proc/meminfo", "MemTotal:       24684096 kB\n");
        write("proc/self/cgroup", "0::/box\n");
        write("sys/fs/cgroup/box/memory.max", "536870912\n");

        assertThat(MachineMemory.bytes(root)).hasValue(512L << 20);
    }

    @Test
    void takesTheLimitOfACgroupOfVersion1ThatIsShownAsTheTopmost() throws IOException {
        write("proc/meminfo", "MemTotal:       24684096 kB\n");
        write("proc/self/cgroup", "4:memory:/docker/4711\n");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "268435456\n");

        assertThat(MachineMemory.bytes(root)).hasValue(256L << 20);
    }

    @Test
    void knowsNothingWhereNothingIsTold() {
        assertThat(MachineMemory.bytes(root)).isEmpty();
    }

    private void write(String file, String text) throws IOException {
        var path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
