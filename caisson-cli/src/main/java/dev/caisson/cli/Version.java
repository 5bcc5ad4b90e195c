package dev.caisson.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/// What `--version` prints: the version of Caisson and that of the Java runtime, which workers run on too.
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
            "caisson " + version(), "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"
        };
    }

    private static String version() {
        try (var stream = Objects.requireNonNull(Version.class.getResourceAsStream("version"), "resource version")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
