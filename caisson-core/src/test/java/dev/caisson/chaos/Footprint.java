package dev.caisson.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.ToLongFunction;

/// What this process holds at one moment.
///
/// @param heapBytes in use after a collection
/// @param descriptors open files and sockets
/// @param threads platform threads
/// @param processes descendants
/// @param files files and folders of pools
public record Footprint(long heapBytes, long descriptors, long threads, long processes, long files) {

    private static final String PREFIX = "caisson-" + ProcessHandle.current().pid() + "-";

    /// Looks, after a garbage collection.
    public static Footprint take() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return new Footprint(
                runtime.totalMemory() - runtime.freeMemory(),
                list("/proc/self/fd", ""),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                ProcessHandle.current().descendants().count(),
                list("/dev/shm", PREFIX) + list(System.getProperty("java.io.tmpdir"), PREFIX));
    }

    /// Checks that nothing grew from the middle of a series to its end; what comes before the middle is warm-up.
    public static void checkFlat(List<Footprint> series, long heapSlackBytes, int slack) {
        check("heap", series, Footprint::heapBytes, heapSlackBytes);
        check("descriptors", series, Footprint::descriptors, slack);
        check("threads", series, Footprint::threads, slack);
        check("processes", series, Footprint::processes, slack);
        check("files", series, Footprint::files, slack);
    }

    private static void check(String what, List<Footprint> series, ToLongFunction<Footprint> size, long slack) {
        int quarter = series.size() / 4;
        long before = median(series.subList(quarter, 2 * quarter), size);
        long after = median(series.subList(series.size() - quarter, series.size()), size);
        assertThat(after - before)
                .as("growth of %s from %s to %s in %s", what, before, after, series)
                .isLessThanOrEqualTo(slack);
    }

    private static long median(List<Footprint> some, ToLongFunction<Footprint> size) {
        return some.stream().mapToLong(size).sorted().toArray()[some.size() / 2];
    }

    private static long list(String folder, String prefix) {
        var names = new File(folder).list((parent, name) -> name.startsWith(prefix));
        return names == null ? 0 : names.length;
    }
}
