package dev.caisson.testkit.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;

/// A small mistake in the engine's source.
///
/// @param name what goes wrong
/// @param type simple name of the class with the mistake
/// @param text what stands there, once
/// @param mistake what stands there instead
record Mutation(String name, String type, String text, String mistake) {

    private static final Path ENGINE = Path.of("../caisson-core/src/main/java/dev/caisson/engine");

    /// Compiles the class with its mistake.
    ///
    /// @param folder where its class files go
    /// @throws AssertionError if the source has changed so that the mistake can't be made any more
    void compileTo(Path folder) {
        try {
            var source = Files.readString(ENGINE.resolve(type + ".java"));
            if (source.indexOf(text) < 0 || source.indexOf(text) != source.lastIndexOf(text)) {
                throw new AssertionError(type + " has not once, but never or often: " + text);
            }
            var file = Files.writeString(folder.resolve(type + ".java"), source.replace(text, mistake));
            var compiler = ToolProvider.getSystemJavaCompiler();
            try (var files = compiler.getStandardFileManager(null, null, null)) {
                var options = List.of(
                        "-proc:none", "-nowarn", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
                if (!compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(file))
                        .call()) {
                    throw new AssertionError("It does not compile: " + mistake);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
