package dev.caisson.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.protocol.FaultPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A thread of the pool itself that fails, at each place where a fault can be planted, costs a worker at most: no
/// future stays open, and the pool goes on.
class PoolThreadsTest {

    private static final List<FaultPoint> PLACES = List.of(
            FaultPoint.LAUNCHED, FaultPoint.CONNECTED, FaultPoint.SENDING, FaultPoint.RECEIVED, FaultPoint.EXITED);

    @TempDir
    private Path folder;

    @Test
    @Tag("Q25")
    void loseNoTaskWhenTheyFail() throws Exception {
        var lines = run();

        for (var place : places()) {
            assertThat(lines)
                    .filteredOn(line -> line.startsWith(place + " "))
                    .containsExactly(
                            place + " value 4",
                            place + " WorkerExitedException", // the second task ends its worker
                            place + " value 9",
                            place + " thrown true",
                            place + " after value 16");
        }
    }

    /// Each fails once by a bug, and once for lack of memory.
    private static List<String> places() {
        return PLACES.stream()
                .flatMap(place -> Stream.of(place.name(), place + "-memory"))
                .toList();
    }

    private List<String> run() throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-Dcaisson.faults=" + ThrowingFault.class.getName(),
                "-cp",
                System.getProperty("java.class.path"),
                BrittleParent.class.getName()));
        command.addAll(places());
        var out = folder.resolve("out");
        var program = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        boolean ended = program.waitFor(120, TimeUnit.SECONDS);
        program.destroyForcibly();
        var lines = Files.readAllLines(out);
        assertThat(ended).as("ended; it said %s", lines).isTrue();
        return lines;
    }
}
