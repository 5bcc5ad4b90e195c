package dev.caisson.cli;

import dev.caisson.CaissonException;
import dev.caisson.Compilation;
import dev.caisson.RetryCause;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The `caisson` command.
@Command(
        name = "caisson",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Runs Java code in worker processes: what hangs, crashes or eats memory costs a worker, never the"
                + " run.",
        footer = {
            "",
            "Examples:",
            "  caisson demo",
            "  caisson map java.lang.Integer::parseInt 1 2 three",
            "  caisson map Thumbnail.java --files 'photos/**/*.jpg' --time-limit 30s",
            "",
            "'caisson COMMAND --help' tells more of a command."
        })
public final class Main {

    static final int OK = 0;
    static final int SOME_NOT_OK = 1;
    static final int WRONG_USAGE = 2;
    static final int INTERRUPTED = 130;
    static final int NOBODY_READS = 141;
    static final int TERMINATED = 143;

    private Main() {}

    /// Runs the command and ends this process with its exit code.
    ///
    /// @param arguments see `caisson --help`
    public static void main(String... arguments) {
        TemporaryFolder.use(System.getenv("TMPDIR"));
        System.exit(run(Streams.ofThisProcess(), arguments));
    }

    /// Runs the command.
    ///
    /// @return its exit code
    static int run(Streams streams, String... arguments) {
        return new CommandLine(new Main())
                .addSubcommand(new MapCommand(streams))
                .addSubcommand(new DemoCommand(streams))
                .registerConverter(Duration.class, text -> read(text, DurationText::parse))
                .registerConverter(Again.class, text -> read(text, Again::parse))
                .registerConverter(RetryCause.class, text -> read(text, Main::retryCause))
                .registerConverter(Compilation.class, text -> read(text, Main::compilation))
                // An input that begins with @ is an input, whatever file is called that.
                .setExpandAtFiles(false)
                .setUsageHelpAutoWidth(true)
                .setOut(new PrintWriter(streams.text(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((error, _) -> wrongUsage(error.getCommandLine(), explained(error)))
                .setExecutionStrategy(Main::execute)
                .setExecutionExceptionHandler(Main::failed)
                .execute(arguments);
    }

    /// What an error tells people.
    static String message(RuntimeException error) {
        return error instanceof UncheckedIOException && error.getCause() instanceof IOException cause
                ? error.getMessage() + ": " + Reason.of(cause)
                : OptionNames.in(String.valueOf(error.getMessage()));
    }

    private static int failed(Exception error, CommandLine command, ParseResult parsed) {
        blockIfEnding();
        return switch (error) {
            case WrongUsage usage -> wrongUsage(command, usage.getMessage());
            case BrokenPipe _ -> NOBODY_READS;
            case UncheckedIOException unusable -> {
                command.getErr().println("caisson: " + message(unusable));
                yield SOME_NOT_OK;
            }
            case CaissonException pool -> {
                command.getErr().println("caisson: " + message(pool));
                yield SOME_NOT_OK;
            }
            default -> {
                // A defect of this program, not a mistake of the user's.
                command.getErr().println("caisson: this should not happen; please report it with what follows.");
                error.printStackTrace(command.getErr());
                yield SOME_NOT_OK;
            }
        };
    }

    /// Does not return if a signal ends this process right now: that takes files away from under what still runs, and
    /// how it fails then is of no interest.
    private static void blockIfEnding() {
        var hook = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            System.exit(INTERRUPTED);
        }
    }

    /// Runs what was parsed.
    private static int execute(ParseResult parsed) {
        for (var command = parsed; command != null; command = command.subcommand()) {
            for (var option : command.matchedOptions()) {
                if (option.originalStringValues().contains("")) {
                    throw new ParameterException(
                            command.commandSpec().commandLine(),
                            option.longestName() + " is given an empty value. Is a variable of the shell not set?");
                }
            }
            if (command.isUsageHelpRequested()) {
                var spec = command.commandSpec();
                spec.commandLine().getOut().print(HelpText.of(spec));
                spec.commandLine().getOut().flush();
                return OK;
            }
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static @Nullable String explained(ParameterException error) {
        if (!(error instanceof UnmatchedArgumentException unmatched) || !unmatched.isUnknownOption()) {
            return error.getMessage();
        }
        var unknown = unmatched.getUnmatched().getFirst();
        return error.getMessage() + ". "
                + unmatched.getSuggestions().stream()
                        .filter(name -> unknown.startsWith("--"))
                        .findFirst()
                        .map(name -> "Did you mean " + name + "?")
                        .orElse("If it is an input, write -- before the inputs, since it begins with a dash: -- "
                                + unknown);
    }

    private static Compilation compilation(String name) {
        return Arrays.stream(Compilation.values())
                .filter(way -> way.name().equalsIgnoreCase(name.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + name + "\" is no way to compile: write quick, peak or adaptive"));
    }

    private static RetryCause retryCause(String name) {
        return Arrays.stream(RetryCause.values())
                .filter(cause -> cause.name().equalsIgnoreCase(name.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + name + "\" is no cause: write "
                        + Arrays.stream(RetryCause.values())
                                .map(cause -> cause.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(" or "))
                        + ", or both with a comma between"));
    }

    private static <T> T read(String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static int wrongUsage(CommandLine command, @Nullable String message) {
        var err = command.getErr();
        err.println("caisson: " + message);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return WRONG_USAGE;
    }
}
