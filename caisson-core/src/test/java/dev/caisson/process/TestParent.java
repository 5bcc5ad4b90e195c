package dev.caisson.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// A program that starts one worker as a pool would, in another working directory, and passes on what it prints.
final class TestParent {

    private TestParent() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (var folder = PoolFolder.createIn(Path.of(System.getProperty("java.io.tmpdir")))) {
            var command = JvmCommand.of(folder.worker(0, 1), arguments[0])
                    .withArguments(Arrays.copyOfRange(arguments, 1, arguments.length))
                    .launch(Map.of(), Optional.of(Path.of("/")));
            var builder = new ProcessBuilder(command.command())
                    .directory(command.workingDirectory().toFile());
            System.exit(builder.inheritIO().start().waitFor());
        }
    }
}
