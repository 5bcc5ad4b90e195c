package dev.caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Targets whose workers start cold: what the first input of each would have to pay for.
class ColdStartTest {

    /// Its class takes longer to initialize than its limit, and so does the first input of each worker.
    private static final String SLOW_CLASS = """
            class Slow {
                static int calls = 0;

                static {
                    spin(1500);
                }

                static String run(String input) {
                    return input;
                }

                static String first(String input) {
                    if (calls++ == 0) {
                        spin(1500);
                    }
                    return input;
                }

                static void prepare() {
                    calls++;
                }

                static void fail() {
                    throw new IllegalStateException("no licence");
                }

                static String picky(String input) {
                    throw new IllegalArgumentException("not " + input);
                }

                static void spin(long millis) {
                    long end = System.nanoTime() + millis * 1_000_000;
                    while (System.nanoTime() < end) {
                        Thread.onSpinWait();
                    }
                }
            }
            """;

    @TempDir
    private Path folder;

    private final Screen screen = new Screen();

    @Test
    void initializesTheClassBeforeTheLimitOfAnInputCounts() throws IOException {
        var exit = map("run", "--time-limit", "1s", "a", "b", "c");

        assertThat(exit).as(screen.err()).isEqualTo(Main.OK);
    }

    @Test
    void warmsUpWithAnInputWhoseResultIsDropped() throws IOException {
        var exit = map("first", "--time-limit", "1s", "--warm-up", "w", "a", "b");

        assertThat(exit).as(screen.err()).isEqualTo(Main.OK);
        assertThat(ResultsRead.of(screen.lines()).byInput()).hasSize(2);
    }

    @Test
    void runsTheInitializerBeforeInputs() throws IOException {
        var exit = map("first", "--time-limit", "1s", "--initializer", "Slow::prepare", "--spares", "1", "a");

        assertThat(exit).as(screen.err()).isEqualTo(Main.OK);
    }

    @Test
    void saysWhichPreparationFailed() throws IOException {
        assertThat(map("picky", "--warm-up", "w", "a")).isEqualTo(Main.WRONG_USAGE);
        assertThat(screen.err())
                .contains("Workers can't be started: --warm-up w failed: java.lang.IllegalArgumentException: not w");
        assertThat(map("run", "--initializer", "Slow::fail", "a")).isEqualTo(Main.WRONG_USAGE);
        assertThat(screen.err())
                .contains("--initializer Slow::fail failed: java.lang.IllegalStateException: no licence");
        assertThat(map("run", "--initializer", "Slow::spin", "a")).isEqualTo(Main.WRONG_USAGE);
        assertThat(screen.err()).contains("Slow has no static method spin without arguments");
        assertThat(screen.lines()).isEmpty();
    }

    @Test
    void losesOneInputOfColdWorkersAndNotEachOfThem() throws IOException {
        var exit = map("first", "--time-limit", "1s", "-j", "1", "a", "b", "c", "d");

        assertThat(exit).isEqualTo(Main.SOME_NOT_OK);
        assertThat(screen.err())
                .contains("3 ok, 1 timeout")
                .contains("1 of 1 timeout struck the first input of a worker")
                .contains("--warm-up");
        assertThat(screen.lines())
                .filteredOn(line -> line.contains("timeout"))
                .singleElement()
                .asString()
                .contains("It was the first task of this worker", " of CPU in ");
    }

    private int map(String method, String... arguments) throws IOException {
        var source = folder.resolve("Slow.java");
        Files.writeString(source, SLOW_CLASS);
        var all = new String[arguments.length + 2];
        all[0] = "map";
        all[1] = source + "::" + method;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return screen.run(all);
    }
}
