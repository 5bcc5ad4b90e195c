package dev.caisson.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The folder for temporary files: that of the variable `TMPDIR`, as other commands have it, which the JDK ignores.
final class TemporaryFolder {

    /// Less than this is not enough for the files of a pool and the classes of a source file.
    static final long LEAST_BYTES = 1 << 20;

    private static final String PROPERTY = "java.io.tmpdir";
    private static final String DEFAULT_OF_JDK = "/tmp";
    private static final byte[] PROBE = new byte[4096];

    private TemporaryFolder() {}

    /// Makes the JDK use the folder of `TMPDIR`, unless an option of the JVM names one. To be called before anything
    /// asks for a temporary file.
    static void use(@Nullable String variable) {
        if (variable != null && !variable.isEmpty() && DEFAULT_OF_JDK.equals(System.getProperty(PROPERTY))) {
            System.setProperty(PROPERTY, variable);
        }
    }

    /// Looks whether files can be written there, before anything starts.
    ///
    /// @throws WrongUsage if they can't
    static void check() {
        check(Path.of(System.getProperty(PROPERTY)), LEAST_BYTES);
    }

    static void check(Path folder, long leastBytes) {
        if (!Files.isDirectory(folder)) {
            throw new WrongUsage("The folder for temporary files, " + folder
                    + ", does not exist or is no folder. Set TMPDIR to one that is there");
        }
        try {
            var free = Files.getFileStore(folder).getUsableSpace();
            if (free < leastBytes) {
                throw full(folder, free, leastBytes);
            }
        } catch (IOException e) {
            throw unusable(folder, e);
        }
        probe(folder);
    }

    private static void probe(Path folder) {
        try {
            var file = Files.createTempFile(folder, "caisson-probe-", null);
            try {
                Files.write(file, PROBE);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    private static WrongUsage full(Path folder, long free, long leastBytes) {
        return new WrongUsage("The folder for temporary files, " + folder + ", is full: " + free / 1024
                + " KiB are free, and " + leastBytes / 1024
                + " KiB are needed. Make room there, or set TMPDIR to another folder");
    }

    private static WrongUsage unusable(Path folder, IOException error) {
        return new WrongUsage("No file can be written to the folder for temporary files, " + folder + " ("
                + folder.toFile().getUsableSpace() / 1024 + " KiB free): " + Reason.of(error)
                + ". Make room there, or set TMPDIR to another folder");
    }
}
