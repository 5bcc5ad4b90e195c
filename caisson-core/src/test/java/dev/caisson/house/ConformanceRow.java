package dev.caisson.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A line of `build/conformance.tsv`: one behaviour that a test pins down, or why none does.
///
/// @param group the heading it stands under
/// @param id what tests that cover it carry as a tag
/// @param behaviour what must hold
/// @param adaptation how it reads on the JVM where that differs; empty where it doesn't
/// @param reason why no test covers it; empty where one does
record ConformanceRow(String group, String id, String behaviour, String adaptation, String reason) {

    /// The rows of a file of four columns. A line whose second column is empty is a heading.
    static List<ConformanceRow> read(Path file) throws IOException {
        var rows = new ArrayList<ConformanceRow>();
        var group = "";
        for (var line : Files.readAllLines(file)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            var columns = line.split("\t", -1);
            if (columns.length == 1) {
                group = columns[0];
                continue;
            }
            if (columns.length != 4) {
                throw new IllegalArgumentException("%s: %d columns instead of 4 (id, behaviour, adaptation, reason): %s"
                        .formatted(file, columns.length, line));
            }
            rows.add(new ConformanceRow(group, columns[0], columns[1].strip(), columns[2].strip(), columns[3].strip()));
        }
        return rows;
    }

    boolean explained() {
        return !reason.isEmpty();
    }
}
