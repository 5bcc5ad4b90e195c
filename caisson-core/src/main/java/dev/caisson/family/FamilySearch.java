package dev.caisson.family;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Looks through all processes for those with a [FamilyMark] in their environment, as often as it is asked.
///
/// A process that is just becoming another program (`exec`) shows no environment until its new memory has a place for
/// one. For a moment that place is empty, as if the process had been started without an environment: so it is believed
/// when the next look finds it empty too.
final class FamilySearch {

    private static final Path PROCESSES = Path.of("/proc");
    private static final String NO_DESCRIPTOR = "Too many open files";
    private static final String ENTRY = "\0" + FamilyMark.VARIABLE + "=";

    /// Fields of the `stat` line after the name, counted from 0.
    private static final int MEMORY_SIZE = 20;

    private static final int ENVIRONMENT_START = 47;
    private static final int ENVIRONMENT_END = 48;

    private final Predicate<String> mark;

    /// Most environments fit.
    private final byte[] buffer = new byte[1 << 16];

    /// Processes whose environment was empty in the last look, and in this one.
    private Set<String> bareBefore = Set.of();

    private Set<String> bare = Set.of();
    private boolean unsure;
    private boolean blind;

    FamilySearch(Predicate<String> mark) {
        this.mark = mark;
    }

    /// Whether the last look met a process that may bear the mark, but could not tell.
    boolean isUnsure() {
        return unsure;
    }

    /// Whether there was no descriptor left to look at some, or all, in the last look.
    boolean isBlind() {
        return blind;
    }

    /// The processes that bear the mark, but for this one and those it was started by: a launch prefix waits for its
    /// JVM, and may have something to tidy up after it.
    List<ProcessHandle> look() {
        var bearers = new ArrayList<ProcessHandle>();
        bareBefore = bare;
        bare = new HashSet<>();
        var names = PROCESSES.toFile().list();
        blind = names == null && PROCESSES.toFile().isDirectory();
        unsure = blind;
        // Names only: to ask for the handle of each process would cost more than to read its environment.
        for (var name : Objects.requireNonNullElse(names, new String[0])) {
            if (Character.isDigit(name.charAt(0)) && bears(name)) {
                // The handle knows the process by its start time too: asked before the second look, it can't be
                // another one's to which the id went meanwhile.
                ProcessHandle.of(Long.parseLong(name))
                        .filter(handle -> bears(name) && !isOfThisLine(handle))
                        .ifPresent(bearers::add);
            }
        }
        unsure |= !bareBefore.containsAll(bare);
        return bearers;
    }

    private static boolean isOfThisLine(ProcessHandle process) {
        return Stream.iterate(
                        Optional.of(ProcessHandle.current()),
                        Optional::isPresent,
                        handle -> handle.flatMap(ProcessHandle::parent))
                .anyMatch(handle -> handle.get().equals(process));
    }

    private boolean bears(String process) {
        try {
            var environment = read(process, "environ");
            if (environment.isEmpty()) {
                noteWhy(process);
                return false;
            }
            int start = ("\0" + environment).indexOf(ENTRY);
            if (start < 0) {
                return false;
            }
            var value = environment.substring(start + ENTRY.length() - 1).split("\0", 2)[0];
            return Arrays.stream(value.split(" ")).anyMatch(mark);
        } catch (IOException failure) {
            blind |= String.valueOf(failure.getMessage()).contains(NO_DESCRIPTOR);
            unsure |= blind;
            return false; // mostly another user's, or gone
        }
    }

    /// The dead that nobody has waited for, and threads of the kernel, have no memory.
    private void noteWhy(String process) throws IOException {
        var stat = read(process, "stat");
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        if (fields[MEMORY_SIZE].equals("0")) {
            return;
        }
        var end = fields[ENVIRONMENT_END];
        if (!end.equals("0") && end.equals(fields[ENVIRONMENT_START])) {
            bare.add(process);
        } else {
            unsure = true;
        }
    }

    /// With one read if it fits: when a process becomes another program, a second one would bring nothing.
    private String read(String process, String file) throws IOException {
        try (var in =
                new FileInputStream(PROCESSES.resolve(process).resolve(file).toFile())) {
            int length = Math.max(0, in.read(buffer));
            var text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
            return length < buffer.length ? text : text + new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
