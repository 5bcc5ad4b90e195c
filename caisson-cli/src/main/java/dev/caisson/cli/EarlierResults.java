package dev.caisson.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What an earlier run left in its file of results, for a run that takes it up.
///
/// Its last line may have been cut off when that run was killed. An input that was given several times has as many
/// lines; each line stands for one of them.
final class EarlierResults {

    private static final int LONGEST_LINE = Integer.MAX_VALUE - 64;

    private final Optional<Path> file;
    private final BitSet kept = new BitSet();
    private final Map<String, Queue<Status>> done = new HashMap<>();
    private boolean changes;

    private EarlierResults(Optional<Path> file) {
        this.file = file;
    }

    /// Nothing, for a run that begins anew.
    static EarlierResults none() {
        return new EarlierResults(Optional.empty());
    }

    /// Reads a file, or nothing if there is none yet.
    ///
    /// @param again which lines don't count
    /// @param target whose results they have to be
    /// @throws WrongUsage if it can't be read, holds anything else, or results of another target
    static EarlierResults read(Path file, Again again, String target) {
        if (!Files.exists(file)) {
            return none();
        }
        if (!Files.isRegularFile(file)) {
            throw new WrongUsage("--resume can't go on with " + file + ", which is not a file");
        }
        var results = new EarlierResults(Optional.of(file));
        try {
            results.readLines(file, again, target);
            return results;
        } catch (IOException e) {
            throw new WrongUsage("The results in " + file + " can't be read: " + Reason.of(e));
        }
    }

    /// Whether there is a file to go on with.
    boolean isThere() {
        return file.isPresent();
    }

    /// Those inputs that are still to be run.
    ///
    /// @param skipped told how each of the others ended
    Iterator<String> remaining(Iterator<String> inputs, Consumer<Status> skipped) {
        return new Remaining(inputs, skipped);
    }

    /// Takes the lines that don't count out of the file: by a new one in its place, so that whoever kills this process
    /// leaves one or the other.
    ///
    /// @throws WrongUsage if it can't be written
    void prune() {
        if (file.isEmpty() || !changes) {
            return;
        }
        try {
            prune(file.get().toRealPath());
        } catch (IOException e) {
            throw new WrongUsage("The results in " + file.get() + " can't be written anew: " + Reason.of(e));
        }
    }

    private void prune(Path real) throws IOException {
        var copy = real.resolveSibling("." + real.getFileName() + ".resumed");
        try (var in = Files.newInputStream(real);
                var out = new BufferedOutputStream(Files.newOutputStream(copy))) {
            var lines = new LineReader(in, LONGEST_LINE);
            for (var line = lines.next(); line != null; line = lines.next()) {
                if (kept.get(index(lines))) {
                    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        replace(real, copy);
    }

    private static void replace(Path file, Path copy) throws IOException {
        try {
            Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(file));
        } catch (UnsupportedOperationException e) {
            // A file system without them.
        }
        try {
            Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void readLines(Path source, Again again, String target) throws IOException {
        try (var stream = Files.newInputStream(source)) {
            var lines = new LineReader(stream, LONGEST_LINE);
            for (var line = lines.next(); line != null; line = lines.next()) {
                take(source, line, lines, again, target);
            }
        }
    }

    private void take(Path source, String line, LineReader lines, Again again, String target) {
        var cutOff = !lines.lastHadItsEnd();
        changes |= cutOff || line.isBlank();
        if (line.isBlank()) {
            return;
        }
        var earlier = EarlierLine.parse(line);
        if (earlier.isEmpty()) {
            if (cutOff && EarlierLine.isBeginning(line)) {
                return;
            }
            throw new WrongUsage("Line " + lines.count() + " of " + source + " is not a result of caisson map: "
                    + Printable.line(line, 60) + ". To go on from it --resume needs the file that an earlier --output"
                    + " wrote; nothing was changed");
        }
        var result = earlier.get();
        if (!result.target().map(target::equals).orElse(true)) {
            throw new WrongUsage(source + " holds results of " + result.target().get() + ", not of " + target
                    + ". Name another file with --output, or leave --resume out to replace this one");
        }
        if (again.contains(result.status())) {
            changes = true;
            return;
        }
        kept.set(index(lines));
        done.computeIfAbsent(result.input(), _ -> new ArrayDeque<>(1)).add(result.status());
    }

    private static int index(LineReader lines) {
        return Math.toIntExact(lines.count() - 1);
    }

    private final class Remaining implements Iterator<String> {

        private final Iterator<String> inputs;
        private final Consumer<Status> skipped;
        private @Nullable String next;

        Remaining(Iterator<String> inputs, Consumer<Status> skipped) {
            this.inputs = inputs;
            this.skipped = skipped;
        }

        @Override
        public boolean hasNext() {
            while (next == null && inputs.hasNext()) {
                var input = inputs.next();
                var lines = done.get(input);
                if (lines == null || lines.isEmpty()) {
                    next = input;
                } else {
                    skipped.accept(lines.remove());
                }
            }
            return next != null;
        }

        @Override
        public String next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no input is left");
            }
            var input = Objects.requireNonNull(next, "next");
            next = null;
            return input;
        }
    }
}
