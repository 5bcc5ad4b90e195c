package dev.caisson.cli;

import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the inputs of a command come from, if they don't stand on the command line.
final class InputOptions {

    private static final String STANDARD_INPUT = "/dev/stdin";
    private static final int PASSED_OVER_SHOWN = 10;

    @Option(
            names = "--files",
            paramLabel = "GLOB",
            description =
                    "Run it on the files that match, such as 'in/**/*.pdf', in quotes. May be repeated. Hidden files"
                            + " count; links to folders are not gone into, unless named before the first *.")
    private List<String> globs = List.of();

    @Option(
            names = "--lines",
            paramLabel = "FILE",
            description = "Run it on the lines of a file, or of standard input for -. Blank lines are left out.")
    private @Nullable String lines;

    @Option(
            names = "--lines0",
            paramLabel = "FILE",
            description = "As --lines, but NUL ends each input, as 'find -print0' writes them.")
    private @Nullable String records;

    /// Opens them.
    ///
    /// @param arguments those that the command line itself names
    /// @throws WrongUsage if they can't be read, or come from several places
    Inputs open(Streams streams, List<String> arguments) {
        var kinds = (arguments.isEmpty() ? 0 : 1)
                + (globs.isEmpty() ? 0 : 1)
                + (lines == null ? 0 : 1)
                + (records == null ? 0 : 1);
        if (kinds > 1) {
            throw new WrongUsage("Inputs come either as arguments, or from --files, or from --lines, but here they come"
                    + " from several. Is a pattern of --files without quotes, so that the shell replaced it?");
        }
        if (!globs.isEmpty()) {
            return files(streams.err());
        }
        var list = lines == null ? records : lines;
        var separator = records == null ? '\n' : '\0';
        if (list != null && !list.equals("-")) {
            return Inputs.linesOf(path(list), separator);
        }
        if (!arguments.isEmpty()) {
            return Inputs.of(arguments);
        }
        if (streams.inIsTerminal()) {
            streams.err().println("Reading inputs from standard input, one a line; Ctrl-D ends them.");
        }
        return Inputs.linesOf(streams.in(), separator);
    }

    /// The files that the run reads, as far as it is known before.
    List<String> sources(Inputs inputs) {
        var list = lines == null ? records : lines;
        if (list != null && !list.equals("-")) {
            return List.of(list);
        }
        return inputs.listed().isEmpty() ? List.of(STANDARD_INPUT) : inputs.listed();
    }

    private Inputs files(PrintStream err) {
        var found = FileSearch.files(globs);
        var passedOver = found.passedOver();
        passedOver.stream()
                .limit(PASSED_OVER_SHOWN)
                .forEach(what -> err.println("caisson: passed over " + Printable.of(what)));
        if (passedOver.size() > PASSED_OVER_SHOWN) {
            err.println("caisson: passed over " + (passedOver.size() - PASSED_OVER_SHOWN) + " more");
        }
        return Inputs.of(found.files(), passedOver);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new WrongUsage("--lines names no file: " + Printable.line(text + ": " + e.getReason(), 200));
        }
    }
}
