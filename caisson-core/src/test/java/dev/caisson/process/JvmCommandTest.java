package dev.caisson.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.caisson.ByteSize;
import dev.caisson.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
final class JvmCommandTest {

    private static final String MAIN = TestWorker.class.getName();

    @TempDir
    private Path folder;

    @Test
    @Tag("O10")
    void refusesAFolderWithoutAJvm() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> command(folder, List.of(), List.of(), Optional.empty(), List.of()))
                .withMessageContaining(folder.toString())
                .withMessageContaining("bin");
    }

    @Test
    void runsOnThisProcessesClassPath() throws Exception {
        assertThat(run(JvmCommand.of(files(), MAIN), "where"))
                .isEqualTo(TestWorker.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString());
    }

    @Test
    void addsTheLibraryToTheUsersClassPath() throws Exception {
        var tests = Path.of(TestWorker.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        var command = command(home(), List.of(), List.of(), Optional.empty(), List.of(tests));

        // TestWorker asks the library, which is not in the tests' folder.
        assertThat(run(command, "processors")).isEqualTo(String.valueOf(UsableProcessors.count()));
    }

    @Test
    void putsALongClassPathIntoAFile() throws Exception {
        var entries = Stream.concat(
                        IntStream.range(0, 500).mapToObj(index -> folder.resolve("not here/\"library\" " + index)),
                        Stream.of(Path.of(TestWorker.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())))
                .toList();
        var command = command(home(), List.of(), List.of(), Optional.empty(), entries);

        var line = command.launch(Map.of(), Optional.empty()).command();

        assertThat(String.join(" ", line)).hasSizeLessThan(2000);
        assertThat(run(command, "property", "java.class.path").split(":"))
                .hasSize(502)
                .contains(folder.resolve("not here/\"library\" 499").toString());
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void letsTheUsersOptionsWin() throws Exception {
        var options = List.of("-XX:+UseParallelGC", "-Xmx48m", "-Dx=y");
        var command = command(home(), List.of(), options, Optional.of(ByteSize.parse("32m")), List.of());

        assertThat(run(command, "collectors")).contains("PS MarkSweep");
        assertThat(Long.parseLong(run(command, "max-memory"))).isBetween(33L << 20, 48L << 20);
        assertThat(run(command, "property", "x")).isEqualTo("y");
    }

    @Test
    void startsWithACollectorInTheEnvironment() throws Exception {
        var launch = JvmCommand.of(files(), MAIN)
                .withArguments("collectors")
                .launch(Map.of("JAVA_TOOL_OPTIONS", "-XX:+UseG1GC"), Optional.empty());

        var process = new LocalLauncher().launch(launch);

        assertThat(output(process)).contains("G1 Young Generation");
    }

    @Test
    @Tag("I41")
    @Tag("row-6")
    void putsThePrefixBeforeTheJvm() throws Exception {
        var command = command(home(), List.of("taskset", "-c", "0"), List.of(), Optional.empty(), List.of());

        assertThat(run(command, "processors")).as("affinity counts").isEqualTo("1");
    }

    @Test
    @Tag("row-7")
    void addsToTheEnvironmentAndStartsWhereItIsTold() throws IOException {
        var launch = JvmCommand.of(files(), MAIN).launch(Map.of("ADDED", "value"), Optional.of(folder));

        assertThat(launch.environment()).containsAllEntriesOf(System.getenv()).containsEntry("ADDED", "value");
        assertThat(launch.workingDirectory()).isEqualTo(folder);
    }

    @Test
    void givesTheJvmNoInput() throws Exception {
        assertThat(run(JvmCommand.of(files(), MAIN), "input")).isEqualTo("-1");
    }

    private WorkerFolder files() {
        return new WorkerFolder(folder, folder, folder);
    }

    private JvmCommand command(
            Path home, List<String> prefix, List<String> options, Optional<ByteSize> maxHeap, List<Path> classPath) {
        return new JvmCommand(home, prefix, Sandbox.NONE, options, true, maxHeap, classPath, files(), MAIN, List.of());
    }

    private static Path home() {
        return Path.of(System.getProperty("java.home"));
    }

    private static String run(JvmCommand command, String... arguments) throws Exception {
        var launch = command.withArguments(arguments).launch(Map.of(), Optional.empty());
        return output(new LocalLauncher().launch(launch));
    }

    private static String output(Process process) throws Exception {
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        var errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, SECONDS)).isTrue();
        assertThat(process.exitValue()).as(errors).isZero();
        return output;
    }
}
