package dev.caisson.process;

import dev.caisson.ByteSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The library's own JVM options for workers, less those on which the user has decided.
///
/// | option | why |
/// |---|---|
/// | `-XX:+UseSerialGC` | heaps up to 2 GiB: starts faster, needs less memory, leaves the CPUs to the other workers |
/// | `-XX:+UseCountedLoopSafepoints` | or a task stuck in a counted loop can't be dumped |
/// | `-XX:LoopStripMiningIter=1000` | what G1 does by itself: a safepoint in every round slows loops, and brings a warning |
/// | `-XX:-CreateCoredumpOnCrash` | a dump costs seconds, and the heap's size on disk |
/// | `-XX:ErrorFile` | the crash report goes where the pool looks for it |
/// | `-XX:-UsePerfData` | a killed JVM would leave its file in the folder for temporary files |
/// | `-XX:+DisableAttachMechanism` | or a neighbour of the same user could load code into the worker; `jcmd` needs the opposite, SIGQUIT works |
/// | `-Djava.io.tmpdir` | what a task leaves there goes with its worker |
final class JvmDefaults {

    /// Tells the worker what to delete when its pool is gone.
    private static final String TEMPORARY = "caisson.temporary";

    private static final String JAVA_TEMPORARY = "-Djava.io.tmpdir=";

    private static final long SERIAL_UP_TO_BYTES = 2L << 30;

    private static final List<String> COUNTED_LOOPS =
            List.of("-XX:+UseCountedLoopSafepoints", "-XX:LoopStripMiningIter=1000");

    private static final List<String> HEAP = List.of("-Xmx", "-XX:MaxHeapSize=");

    private JvmDefaults() {}

    /// Options to put before the user's own: of a repeated option the JVM takes the last.
    ///
    /// @param maxHeap what the user set as the largest heap
    /// @param userOptions the user's JVM options
    /// @param environment of the worker: the options in it count as the user's too
    /// @param files where crash reports and temporary files go
    static List<String> options(
            Optional<ByteSize> maxHeap, List<String> userOptions, Map<String, String> environment, WorkerFolder files) {
        var decided = Stream.concat(fromEnvironment(environment), ArgumentFile.expand(userOptions).stream())
                .toList();
        var options = new ArrayList<String>();
        if (heap(maxHeap, decided) <= SERIAL_UP_TO_BYTES) {
            options.add("-XX:+UseSerialGC");
        }
        options.addAll(COUNTED_LOOPS);
        options.add("-XX:-CreateCoredumpOnCrash");
        options.add("-XX:-UsePerfData");
        options.add("-XX:+DisableAttachMechanism");
        options.add("-XX:ErrorFile=" + files.path().resolve(CrashReport.FILE));
        options.removeIf(option -> decided.stream().anyMatch(user -> overrides(user, option)));
        if (!options.containsAll(COUNTED_LOOPS)) {
            options.removeAll(COUNTED_LOOPS); // the JVM warns of one without the other
        }
        options.add("-D" + TEMPORARY + "=" + files.temporary());
        if (decided.stream().noneMatch(user -> user.startsWith(JAVA_TEMPORARY))) {
            options.add(JAVA_TEMPORARY + files.temporary());
        }
        maxHeap.ifPresent(size -> options.add("-Xmx" + size));
        return options;
    }

    private static Stream<String> fromEnvironment(Map<String, String> environment) {
        return InheritedOptions.VARIABLES.stream()
                .map(variable -> environment.getOrDefault(variable, ""))
                .flatMap(options -> Arrays.stream(options.split("\\s+")));
    }

    /// The last one that is given; 0 if none is: then the JVM's own choice, most of which workers never touch.
    private static long heap(Optional<ByteSize> maxHeap, List<String> decided) {
        var heap = maxHeap.map(ByteSize::bytes).orElse(0L);
        for (var option : decided) {
            for (var prefix : HEAP) {
                if (option.startsWith(prefix)) {
                    heap = bytes(option.substring(prefix.length()));
                }
            }
        }
        return heap;
    }

    /// What the JVM will refuse is not for us to judge.
    private static long bytes(String size) {
        try {
            return ByteSize.parse(size).bytes();
        } catch (IllegalArgumentException _) {
            return 0;
        }
    }

    /// Two collectors at once are refused by the JVM; other options may stand twice, but not where the user's comes
    /// first, in the environment.
    private static boolean overrides(String user, String option) {
        var name = nameOf(user);
        return !name.isEmpty() && (name.equals(nameOf(option)) || (isCollector(name) && isCollector(nameOf(option))));
    }

    private static boolean isCollector(String name) {
        return name.startsWith("Use") && name.endsWith("GC");
    }

    /// Of `-XX:+Name`, `-XX:-Name` and `-XX:Name=value`; else empty.
    private static String nameOf(String option) {
        if (!option.startsWith("-XX:")) {
            return "";
        }
        var name = option.substring("-XX:".length()).split("=", 2)[0];
        return name.startsWith("+") || name.startsWith("-") ? name.substring(1) : name;
    }
}
