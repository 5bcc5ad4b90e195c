package dev.caisson.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
/// The one rule: an earlier line goes only when its input has run anew, and after the new line is in the file. So no
/// input loses its line, whatever becomes of this run and whether or not it gets to that input. Only the last line may
/// be no result, if the earlier run was killed while it wrote it. An input that was given several times has as many
/// lines; each line stands for one of them.
final class EarlierResults implements AutoCloseable {

    private final Optional<ResultFile> file;
    private final Map<String, Queue<Status>> done = new HashMap<>();
    private final Map<String, Queue<ResultFile.Line>> toReplace = new HashMap<>();

    private EarlierResults(Optional<ResultFile> file) {
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
    /// @throws WrongUsage if it can't be read, holds anything else, or results of another target, or another run has it
    static EarlierResults read(Path path, Again again, String target) {
        if (!Files.exists(path)) {
            return none();
        }
        if (!Files.isRegularFile(path)) {
            throw new WrongUsage("--resume can't go on with " + path + ", which is not a file");
        }
        try {
            var file = ResultFile.resumed(path);
            var results = new EarlierResults(Optional.of(file));
            try {
                results.read(file, path, again, target);
                return results;
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw new WrongUsage("The results in " + path + " can't be read: " + Reason.of(e));
        }
    }

    /// The file to go on with, if there is one.
    Optional<ResultFile> file() {
        return file;
    }

    /// Those inputs that are still to be run.
    ///
    /// @param skipped told how each of the others ended
    Iterator<String> remaining(Iterator<String> inputs, Consumer<Status> skipped) {
        return new Remaining(inputs, skipped);
    }

    /// Takes the earlier line of an input away, if it has one, now that it has a new one.
    void replaced(String input) throws IOException {
        var lines = toReplace.get(input);
        if (file.isPresent() && lines != null && !lines.isEmpty()) {
            file.get().blank(lines.remove());
        }
    }

    @Override
    public void close() {
        try {
            if (file.isPresent()) {
                file.get().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The results can't be written to their end", e);
        }
    }

    private void read(ResultFile source, Path path, Again again, String target) throws IOException {
        var unfinished = new ArrayList<ResultFile.Line>(1);
        source.forEach(line -> {
            if (!line.isWhole()) {
                unfinished.add(line);
            }
            var result = EarlierLine.parse(line.text());
            if (result.isPresent()) {
                take(line, result.get(), path, again, target);
            } else if (isBeingTakenAway(line)) {
                source.blank(line);
            } else if (!isCutOff(line)) {
                throw new WrongUsage("Line " + line.number() + " of " + path + " is not a result of caisson map: "
                        + Printable.line(line.text(), 60) + ". To go on from it --resume needs the file that an earlier"
                        + " --output wrote; nothing was changed");
            }
        });
        for (var line : unfinished) {
            if (isCutOff(line)) {
                source.cut(line.start());
            } else {
                source.write('\n');
            }
        }
    }

    private void take(ResultFile.Line line, EarlierLine result, Path path, Again again, String target) {
        if (!result.target().map(target::equals).orElse(true)) {
            throw new WrongUsage(path + " holds results of " + result.target().get() + ", not of " + target
                    + ". Name another file with --output, or leave --resume out to replace this one");
        }
        if (again.contains(result.status())) {
            add(toReplace, result.input(), line.withoutText());
        } else {
            add(done, result.input(), result.status());
        }
    }

    private static <T> void add(Map<String, Queue<T>> byInput, String input, T one) {
        byInput.computeIfAbsent(input, _ -> new ArrayDeque<>(1)).add(one);
    }

    // The process was killed while it wrote it.
    private static boolean isCutOff(ResultFile.Line line) {
        return !line.isWhole()
                && EarlierLine.isBeginning(line.text())
                && EarlierLine.parse(line.text()).isEmpty();
    }

    // The process was killed while it made it blank.
    private static boolean isBeingTakenAway(ResultFile.Line line) {
        return line.isWhole() && line.text().startsWith(" ");
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
