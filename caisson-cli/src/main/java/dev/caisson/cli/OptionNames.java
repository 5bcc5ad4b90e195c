package dev.caisson.cli;

import java.util.Map;
import java.util.regex.Pattern;

/// The library's messages in the terms of this command, whose users know its options and not the library's settings.
final class OptionNames {

    private static final Map<String, String> OPTIONS = Map.of(
            "maxHeap", "--max-heap",
            "timeLimit", "--time-limit",
            "softTimeLimit", "--soft-time-limit",
            "maxTasksPerWorker", "--max-tasks",
            "launchPrefix", "--prefix",
            "jvmOptions", "--jvm-option",
            "firstTaskAllowance", "allowance for a first input",
            // There is no option for it.
            "restartLimit", "the limit of restarts");

    private static final Pattern SETTING = Pattern.compile("\\b(" + String.join("|", OPTIONS.keySet()) + ")\\b");

    private OptionNames() {}

    /// The message with options in place of settings.
    static String in(String message) {
        return SETTING.matcher(message).replaceAll(found -> OPTIONS.getOrDefault(found.group(), found.group()));
    }
}
