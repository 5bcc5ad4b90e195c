package dev.caisson.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FileSizeTest {
    private static final int MOST_LINES = 400;

    private final SourceTree sources = SourceTree.find();

    @Test
    void keepsEveryJavaFileShort() throws IOException {
        var files = sources.filesEndingWith(".java");

        assertThat(files).as("Java files below %s", sources.root()).hasSizeGreaterThan(50);
        assertThat(files)
                .as("These files have more than %d lines. Find the second idea in each and move it out.", MOST_LINES)
                .filteredOn(file -> lines(file) > MOST_LINES)
                .map(file -> sources.root().relativize(file) + ": " + lines(file) + " lines")
                .isEmpty();
    }

    private static long lines(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException failure) {
            throw new UncheckedIOException("Can't read " + file, failure);
        }
    }
}
