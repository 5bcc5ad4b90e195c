package dev.caisson.process;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The JVM options that stand in this process's environment, as its workers inherit them: without those that only one
/// process can have, since they name a port to listen on.
///
/// A program that is started with a debugger's port in `JAVA_TOOL_OPTIONS` would otherwise have no worker that starts:
/// all of them would want the port that the program itself has. What the user sets for the workers is left alone.
final class InheritedOptions {

    /// From these a JVM takes options.
    static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private static final Pattern OF_ONE_PROCESS =
            Pattern.compile("(?:^|(?<=\\s))(?:-agentlib:jdwp|-agentpath:\\S*jdwp|-Xrunjdwp|"
                    + "-Dcom\\.sun\\.management\\.jmxremote\\.(?:rmi\\.)?port)\\S*");

    private InheritedOptions() {}

    /// Takes them out of an environment that a worker is to get.
    static void clean(Map<String, String> environment) {
        for (var variable : VARIABLES) {
            environment.computeIfPresent(variable, (name, options) -> {
                var kept = OF_ONE_PROCESS.matcher(options).replaceAll("").strip();
                return kept.isEmpty() ? null : kept;
            });
        }
    }
}
