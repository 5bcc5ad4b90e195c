package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.Compilation;
import dev.caisson.OutputLine;
import dev.caisson.WorkerExitedException;
import dev.caisson.testing.Gate;
import dev.caisson.testing.Pools;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerEnvironmentTest {

    private static final Logger LOGGER = Logger.getLogger("dev.caisson");

    @TempDir
    private Path folder;

    @Test
    @Tag("I38")
    @Tag("I49")
    @Tag("row-7")
    void startsWorkersAsDescribed(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.maxHeap("48m")
                .jvmOptions("-Dcolour=blue", "-XX:+UseParallelGC")
                .environment(Map.of("CAISSON_TEST_FRUIT", "plum"))
                .workingDirectory(folder));

        assertThat(pool.submit(() -> Runtime.getRuntime().maxMemory()).get()).isBetween(40L << 20, 48L << 20);
        assertThat(pool.submit(() -> System.getProperty("colour")).get()).isEqualTo("blue");
        assertThat(pool.submit(() -> System.getenv("CAISSON_TEST_FRUIT")).get()).isEqualTo("plum");
        assertThat(pool.submit(() -> System.getenv("PATH")).get()).isEqualTo(System.getenv("PATH"));
        assertThat(pool.submit(() -> Path.of("").toAbsolutePath().toString()).get())
                .isEqualTo(folder.toRealPath().toString());
        assertThat(pool.submit(WorkerEnvironmentTest::collectors).get()).contains("PS");
    }

    @Test
    void compilesAsAskedFor(Pools pools) throws Exception {
        var quick = pools.open(builder -> builder.workers(1).compilation(Compilation.QUICK));
        var adaptive = pools.open(builder -> builder.workers(1));

        assertThat(quick.submit(WorkerEnvironmentTest::jvmArguments).get()).contains("-XX:TieredStopAtLevel=1");
        assertThat(adaptive.submit(WorkerEnvironmentTest::jvmArguments).get())
                .contains("-XX:Tier4InvocationThreshold=500000");
    }

    private static List<String> jvmArguments() {
        return List.copyOf(ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    @Test
    void endsWorkersBySignalsWhereThatIsAskedFor(Pools pools) {
        var pool = pools.open(builder -> builder.workers(1).endWorkersOnSignal(true));

        var ended = pool.submit(() -> {
            new ProcessBuilder(
                            "kill",
                            "-TERM",
                            Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
            Thread.sleep(Duration.ofMinutes(1)); // until the JVM halts
            return "";
        });

        assertThatThrownBy(ended::get)
                .hasCauseInstanceOf(WorkerExitedException.class)
                .hasMessageContaining("SIGTERM");
    }

    @Test
    @Tag("I48")
    void printsAndWarnsOfNothingWhenAllIsWell(Pools pools) throws Exception {
        var printed = new ConcurrentLinkedQueue<OutputLine>();
        var warnings = new ConcurrentLinkedQueue<LogRecord>();
        var handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                    warnings.add(entry);
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        LOGGER.addHandler(handler);
        try {
            var pool = pools.open(builder -> builder.output(printed::add)
                    .initializer(() -> Deeds.square(1))
                    .maxTasksPerWorker(2));
            for (int task = 0; task < 5; task++) {
                pool.submit(() -> 1).get();
            }
            pool.close();
        } finally {
            LOGGER.removeHandler(handler);
        }

        assertThat(printed).isEmpty();
        assertThat(warnings).isEmpty();
    }

    @Test
    @Tag("I47")
    void inheritsNoDescriptorsHoweverManyWorkersThereAre(Pools pools) throws Exception {
        var file = Files.createFile(folder.resolve("open in the parent"));
        try (var _ = Files.newInputStream(file)) {
            var pool = pools.open(1);
            var first = pool.submit(WorkerEnvironmentTest::descriptors).get();
            pool.resize(4);
            var gate = Gate.in(folder, "gate");
            var all = IntStream.range(0, 4)
                    .mapToObj(number -> pool.submit(() -> {
                        gate.await();
                        return descriptors();
                    }))
                    .toList();
            all.forEach(Deeds::begun);
            gate.open();

            for (var future : all) {
                assertThat(future.get()).hasSizeLessThan(first.size() + 3).doesNotContain(file.toString());
            }
        }
    }

    /// What the worker has open, but for the list that tells it.
    private static List<String> descriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(Files::isSymbolicLink)
                    .map(WorkerEnvironmentTest::target)
                    .filter(target -> !target.endsWith("/fd"))
                    .toList();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closed) {
            return "closed";
        }
    }

    private static String collectors() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(bean -> bean.getName())
                .toList()
                .toString();
    }

    @Test
    void givesWorkersAClassPathOfTheirOwn(Pools pools) throws Exception {
        var classes = compile("public class Fruit { public static String name() { return \"plum\"; } }");
        var entries = Stream.concat(ownClassPath(), Stream.of(classes)).toArray(Path[]::new);

        var pool = pools.open(builder -> builder.classPath(entries));

        assertThat(pool.submit(WorkerEnvironmentTest::fruit).get()).isEqualTo("plum");
    }

    @Test
    void takesRelativeEntriesOfTheClassPath(Pools pools) throws Exception {
        var classes = compile("public class Fruit { public static String name() { return \"fig\"; } }");
        var here = Path.of("").toAbsolutePath();
        var entries = Stream.concat(ownClassPath(), Stream.of(classes))
                .map(entry -> here.relativize(entry.toAbsolutePath()))
                .toArray(Path[]::new);

        var pool = pools.open(builder -> builder.classPath(entries).workingDirectory(folder));

        assertThat(pool.submit(WorkerEnvironmentTest::fruit).get()).isEqualTo("fig");
    }

    private static Stream<Path> ownClassPath() {
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(System.getProperty("java.class.path"))
                .map(Path::of);
    }

    private static String fruit() throws ReflectiveOperationException {
        return (String) Class.forName("Fruit").getMethod("name").invoke(null);
    }

    private Path compile(String source) throws Exception {
        var file = Files.writeString(folder.resolve("Fruit.java"), source);
        var classes = Files.createDirectory(folder.resolve("classes"));
        int code = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(System.out, System.err, "-d", classes.toString(), file.toString());
        assertThat(code).isZero();
        return classes;
    }

    @Test
    @Tag("Q36")
    void putsTheTaskThreadInOrderAfterEachTask(Pools pools) throws Exception {
        var pool = pools.open(1);
        var before = pool.submit(WorkerEnvironmentTest::thread).get();

        pool.submit(() -> {
                    Thread.currentThread().interrupt();
                    Thread.currentThread().setName("mine");
                    Thread.currentThread().setContextClassLoader(null);
                })
                .get();

        assertThat(pool.submit(WorkerEnvironmentTest::thread).get()).isEqualTo(before);
    }

    private static String thread() {
        var thread = Thread.currentThread();
        return thread.isInterrupted() + " " + (thread.getContextClassLoader() != null) + " "
                + thread.getName().startsWith("mine");
    }

    @Test
    @Tag("Q37")
    @Tag("I12")
    void endsAWorkerWhoseTaskLeftAThread(Pools pools) throws Exception {
        var pool = pools.open(1);
        pool.submit(() -> {
                    Thread.ofPlatform().start(Deeds::spin);
                })
                .get();

        pool.close();

        assertThat(pool.isTerminated()).isTrue();
    }
}
