package dev.caisson.testing;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Something that happens once, seen by tests and tasks alike: a file that is there or not. Travels with a task.
///
/// @param file the path of the file; a path itself can't travel
public record Gate(String file) implements Serializable {

    /// A closed gate.
    ///
    /// @param folder of the test's own
    public static Gate in(Path folder, String name) {
        return new Gate(folder.resolve(name).toString());
    }

    /// Opens the gate for good. May be repeated.
    public void open() {
        try {
            Files.createFile(Path.of(file));
        } catch (FileAlreadyExistsException _) {
            // open already
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public boolean isOpen() {
        return Files.exists(Path.of(file));
    }

    /// Waits until somebody opens the gate, or the test is over and its folder gone.
    public void await() {
        var folder = Path.of(file).resolveSibling("");
        Await.until(file + " is there", () -> isOpen() || !Files.exists(folder));
    }
}
