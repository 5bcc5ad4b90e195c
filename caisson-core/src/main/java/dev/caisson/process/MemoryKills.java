package dev.caisson.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// How many processes the kernel has killed for lack of memory: in this process's control group (its container,
/// mostly), or on the whole machine where there is no such count.
///
/// A worker that dies of SIGKILL while this count rises was most likely one of them.
public final class MemoryKills {

    private static final String COUNT = "oom_kill ";

    private static final List<Path> PLACES = places(Path.of("/proc"), Path.of("/sys/fs/cgroup"));

    private MemoryKills() {}

    /// The count as it is now.
    ///
    /// @return empty where the system doesn't tell
    public static OptionalLong count() {
        return count(PLACES);
    }

    static OptionalLong count(List<Path> places) {
        for (var place : places) {
            try {
                for (var line : Files.readAllLines(place)) {
                    if (line.startsWith(COUNT)) {
                        return OptionalLong.of(
                                Long.parseLong(line.substring(COUNT.length()).strip()));
                    }
                }
            } catch (IOException | NumberFormatException _) {
                // The next place may tell.
            }
        }
        return OptionalLong.empty();
    }

    /// Where to look, the most telling place first. A container often sees its own group as the root.
    static List<Path> places(Path proc, Path groups) {
        var places = new ArrayList<Path>();
        try {
            for (var line : Files.readAllLines(proc.resolve("self/cgroup"))) {
                var parts = line.split(":", 3);
                if (parts.length == 3 && parts[1].isEmpty()) {
                    places.add(groups.resolve(parts[2].substring(1)).resolve("memory.events"));
                    places.add(groups.resolve("memory.events"));
                } else if (parts.length == 3 && List.of(parts[1].split(",", -1)).contains("memory")) {
                    places.add(groups.resolve("memory" + parts[2]).resolve("memory.oom_control"));
                    places.add(groups.resolve("memory/memory.oom_control"));
                }
            }
        } catch (IOException _) {
            // No control groups here.
        }
        places.add(proc.resolve("vmstat"));
        return places;
    }
}
