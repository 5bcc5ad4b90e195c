package dev.caisson.cli;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.Stack;
import java.util.stream.Collectors;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// Which inputs `--resume` runs again though they have a line of results.
///
/// @param statuses how they ended; those that were cut off are always among them
record Again(Set<Status> statuses) {

    private static final String ALL_BUT_OK = "all-but-ok";
    private static final Set<Status> CUT_OFF = Set.copyOf(EnumSet.of(Status.CANCELLED, Status.REJECTED));

    /// Reads statuses separated by commas; nothing stands for those that were cut off.
    ///
    /// @throws IllegalArgumentException if one is none
    static Again parse(String text) {
        var statuses = EnumSet.copyOf(CUT_OFF);
        if (text.equals(ALL_BUT_OK)) {
            statuses.addAll(EnumSet.complementOf(EnumSet.of(Status.OK)));
        } else if (!text.isEmpty()) {
            Arrays.stream(text.split(",", -1)).map(Again::status).forEach(statuses::add);
        }
        return new Again(statuses);
    }

    boolean contains(Status status) {
        return statuses.contains(status);
    }

    private static Status status(String name) {
        return Arrays.stream(Status.values())
                .filter(status -> status.toString().equals(name.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + name
                        + "\" is not a status. Write --resume alone, "
                        + "--resume=" + ALL_BUT_OK + ", or some of "
                        + Arrays.stream(Status.values()).map(Status::toString).collect(Collectors.joining(","))
                        + " with commas between"));
    }

    /// Takes a value only if it is attached with `=`: what follows `--resume` otherwise is the target.
    static final class OnlyIfAttached implements IParameterPreprocessor {

        @Override
        public boolean preprocess(
                Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> about) {
            if ("=".equals(about.get("separator"))) {
                return false;
            }
            option.setValue(parse(""));
            return true;
        }
    }
}
