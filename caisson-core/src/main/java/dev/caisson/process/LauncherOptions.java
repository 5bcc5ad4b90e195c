package dev.caisson.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/// Those options of this JVM that a worker needs as well: what code may do and what it is told, not how the JVM runs.
///
/// A library that works here only because of `--add-opens` works there only with it; one that is configured by `-D`, or
/// tested with `-ea`, expects the same there. Read from the process's command line, argument files and an executable
/// jar's manifest included; options in the environment pass by themselves. Not inherited are system properties that
/// concern this one process: ports of its management, filters of what it reads, and the library's own.
final class LauncherOptions {

    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private static final Set<String> INHERITED = Set.of(
            "--add-exports",
            "--add-modules",
            "--add-opens",
            "--add-reads",
            "--enable-native-access",
            "--illegal-native-access",
            "--sun-misc-unsafe-memory-access");

    /// Assertions, on or off, in the long and the short form.
    private static final Set<String> ASSERTIONS = Set.of(
            "-ea",
            "-da",
            "-esa",
            "-dsa",
            "-enableassertions",
            "-disableassertions",
            "-enablesystemassertions",
            "-disablesystemassertions");

    /// System properties of this process alone, by the beginning of their names.
    private static final List<String> OF_THIS_PROCESS =
            List.of("com.sun.management.", "java.io.tmpdir", "jdk.serialFilter", "caisson.");

    /// Those that take the next argument as their value, besides the inherited ones.
    private static final Set<String> WITH_VALUE = Set.of(
            "-cp",
            "-classpath",
            "--class-path",
            "-p",
            "--module-path",
            "--upgrade-module-path",
            "--limit-modules",
            "--patch-module",
            "--source");

    private record ManifestOption(String attribute, String form) {}

    private static final List<ManifestOption> OF_MANIFEST = List.of(
            new ManifestOption("Add-Exports", "--add-exports=%s=ALL-UNNAMED"),
            new ManifestOption("Add-Opens", "--add-opens=%s=ALL-UNNAMED"),
            new ManifestOption("Enable-Native-Access", "--enable-native-access=%s"));

    private LauncherOptions() {}

    /// Those of this JVM, each with its value in one word; empty where the system doesn't tell.
    ///
    /// @param withProperties whether system properties and assertions are among them
    static List<String> ofThisJvm(boolean withProperties) {
        var command = commandLine();
        var program = command.isEmpty() ? Path.of("") : Path.of(command.getFirst());
        // A program that embeds the JVM has options of its own.
        return program.endsWith("java") || program.endsWith("java.exe")
                ? inherited(ArgumentFile.expand(command.subList(1, command.size())), withProperties)
                : List.of();
    }

    /// Reads arguments up to the main class.
    static List<String> inherited(List<String> arguments, boolean withProperties) {
        var options = new ArrayList<String>();
        var remaining = arguments.iterator();
        while (remaining.hasNext()) {
            var argument = remaining.next();
            var name = argument.split("=", 2)[0];
            if (argument.equals("-jar") && remaining.hasNext()) {
                options.addAll(ofManifest(Path.of(remaining.next())));
                return options;
            } else if (!argument.startsWith("-") || argument.equals("-m") || name.equals("--module")) {
                return options;
            } else if (argument.equals("--enable-preview") || (withProperties && isTold(argument))) {
                options.add(argument);
            } else if (INHERITED.contains(name)) {
                options.add(argument.equals(name) && remaining.hasNext() ? name + "=" + remaining.next() : argument);
            } else if (WITH_VALUE.contains(argument) && remaining.hasNext()) {
                remaining.next();
            }
        }
        return options;
    }

    /// Whether an option is something that code is told: a system property, or that assertions are on.
    private static boolean isTold(String argument) {
        if (argument.startsWith("-D")) {
            return OF_THIS_PROCESS.stream().noneMatch(name -> argument.startsWith(name, 2));
        }
        return ASSERTIONS.contains(argument.split(":", 2)[0]);
    }

    private static List<String> commandLine() {
        try {
            return Arrays.asList(
                    Files.readString(COMMAND_LINE, StandardCharsets.UTF_8).split("\0"));
        } catch (IOException _) {
            var info = ProcessHandle.current().info();
            var command = new ArrayList<>(info.command().stream().toList());
            info.arguments().ifPresent(arguments -> command.addAll(Arrays.asList(arguments)));
            return command;
        }
    }

    private static List<String> ofManifest(Path jar) {
        try (var file = new JarFile(jar.toFile())) {
            var manifest = file.getManifest();
            if (manifest == null) {
                return List.of();
            }
            var attributes = manifest.getMainAttributes();
            return OF_MANIFEST.stream()
                    .flatMap(option -> Stream.of(Objects.requireNonNullElse(attributes.getValue(option.attribute()), "")
                                    .split(" "))
                            .filter(value -> !value.isEmpty())
                            .map(option.form()::formatted))
                    .toList();
        } catch (IOException _) {
            return List.of();
        }
    }
}
