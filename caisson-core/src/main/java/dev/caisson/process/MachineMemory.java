package dev.caisson.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// How much memory this process and its workers may use together: the machine's, or its container's if that is less.
public final class MachineMemory {

    private MachineMemory() {}

    /// Reads it.
    ///
    /// @return bytes; empty where the system doesn't tell (it does on Linux)
    public static OptionalLong bytes() {
        return bytes(Path.of("/"));
    }

    /// As it would be with the files of another machine.
    static OptionalLong bytes(Path root) {
        var own = Stream.of(
                        limit(root, "", "sys/fs/cgroup", "memory.max"),
                        limit(root, "memory", "sys/fs/cgroup/memory", "memory.limit_in_bytes"))
                .flatMapToLong(OptionalLong::stream);
        return LongStream.concat(own, total(root).stream()).min();
    }

    /// Of the control group that this process is in. A container may show its group's files as the topmost.
    private static OptionalLong limit(Path root, String controller, String place, String file) {
        var groups = lines(root.resolve("proc/self/cgroup"));
        var group = groups.map(line -> line.split(":", 3))
                .filter(parts -> parts.length == 3 && parts[1].equals(controller))
                .map(parts -> parts[2])
                .findFirst()
                .orElse("/");
        var folder = root.resolve(place);
        return Stream.of(folder.resolve(group.substring(1)).resolve(file), folder.resolve(file))
                .flatMap(MachineMemory::lines)
                .flatMapToLong(MachineMemory::number)
                .min();
    }

    private static OptionalLong total(Path root) {
        return lines(root.resolve("proc/meminfo"))
                .filter(line -> line.startsWith("MemTotal:"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .flatMapToLong(MachineMemory::number)
                .map(kibi -> kibi << 10)
                .findFirst();
    }

    /// `max` is no number: there is no limit then.
    private static LongStream number(String text) {
        return text.matches("[0-9]{1,18}") ? LongStream.of(Long.parseLong(text)) : LongStream.empty();
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.US_ASCII).stream();
        } catch (IOException untold) {
            return Stream.empty();
        }
    }
}
