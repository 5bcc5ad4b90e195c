package dev.caisson.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JvmDefaultsTest {

    private static final WorkerFolder FOLDER =
            new WorkerFolder(Path.of("/pool"), Path.of("/pool/worker"), Path.of("/tmp/worker"));

    @Test
    @Tag("I46")
    void keepsWorkersSmallAndCrashesCheap() {
        assertThat(options(List.of()))
                .containsExactly(
                        "-XX:+UseSerialGC",
                        "-XX:+UseCountedLoopSafepoints",
                        "-XX:LoopStripMiningIter=1000",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:-UsePerfData",
                        "-XX:+DisableAttachMechanism",
                        "-XX:ErrorFile=/pool/worker/hs_err_%p.log",
                        "-Dcaisson.temporary=/tmp/worker",
                        "-Djava.io.tmpdir=/tmp/worker");
    }

    @Test
    @Tag("row-3")
    void setsTheHeap() {
        assertThat(JvmDefaults.options(heap("512m"), List.of(), Map.of(), FOLDER))
                .contains("-Xmx512m");
    }

    @Test
    void leavesTheCollectorOfALargeHeapToTheJvm() {
        assertThat(JvmDefaults.options(heap("3g"), List.of(), Map.of(), FOLDER)).doesNotContain("-XX:+UseSerialGC");
        assertThat(options(List.of("-Xmx8g"))).doesNotContain("-XX:+UseSerialGC");
        assertThat(options(List.of("-XX:MaxHeapSize=8g"))).doesNotContain("-XX:+UseSerialGC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseG1GC", "-XX:+UseZGC", "-XX:+UseParallelGC", "-XX:-UseSerialGC"})
    void takesTheUsersCollector(String collector) {
        assertThat(options(List.of(collector))).doesNotContain("-XX:+UseSerialGC");
        assertThat(JvmDefaults.options(
                        Optional.empty(), List.of(), Map.of("JAVA_TOOL_OPTIONS", "-Dx=y " + collector), FOLDER))
                .doesNotContain("-XX:+UseSerialGC");
    }

    @Test
    void dropsWhatTheUserDecidedOtherwise() {
        var user = List.of(
                "-XX:+CreateCoredumpOnCrash",
                "-XX:ErrorFile=/mine.log",
                "-XX:+UsePerfData",
                "-XX:-DisableAttachMechanism",
                "-Djava.io.tmpdir=/mine");
        assertThat(options(user))
                .containsExactly(
                        "-XX:+UseSerialGC",
                        "-XX:+UseCountedLoopSafepoints",
                        "-XX:LoopStripMiningIter=1000",
                        "-Dcaisson.temporary=/tmp/worker");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:-UseCountedLoopSafepoints", "-XX:LoopStripMiningIter=1"})
    void leavesLoopsToAUserWhoDecidedOnThem(String option) {
        assertThat(options(List.of(option)))
                .noneMatch(left -> left.contains("CountedLoop") || left.contains("StripMining"));
    }

    @Test
    void looksIntoArgumentFiles(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("options"), "-XX:+UseZGC");

        assertThat(options(List.of("@" + file))).doesNotContain("-XX:+UseSerialGC");
    }

    @Test
    void leavesNonsenseForTheJvmToJudge() {
        assertThat(options(List.of("-Xmxlots", "-XX:", "nonsense"))).contains("-XX:+UseSerialGC");
    }

    private static List<String> options(List<String> user) {
        return JvmDefaults.options(Optional.empty(), user, Map.of(), FOLDER);
    }

    private static Optional<ByteSize> heap(String size) {
        return Optional.of(ByteSize.parse(size));
    }
}
