package dev.caisson.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The crash matrix as a table for the documentation.
final class MatrixTable {

    private MatrixTable() {}

    /// Deeds down, sites across, and below it why some cells can't be.
    static String text() {
        var reasons = new ArrayList<String>();
        var text = new StringBuilder("|");
        for (var site : Site.values()) {
            text.append(" | ").append(words(site));
        }
        text.append(" |\n|---").append("|---".repeat(Site.values().length)).append("|\n");
        for (var deed : Deed.values()) {
            text.append("| ").append(words(deed));
            for (var site : Site.values()) {
                text.append(" | ").append(cell(site, deed, reasons));
            }
            text.append(" |\n");
        }
        for (int index = 0; index < reasons.size(); index++) {
            text.append('\n')
                    .append("–")
                    .append(index + 1)
                    .append(": ")
                    .append(reasons.get(index))
                    .append('.');
        }
        return text.append('\n').toString();
    }

    private static String cell(Site site, Deed deed, List<String> reasons) {
        var impossible = Cell.whyImpossible(site, deed);
        if (impossible.isEmpty()) {
            return site.isInTask() ? words(new Cell(site, deed, 1).verdict()) : "worker";
        }
        if (!reasons.contains(impossible.get())) {
            reasons.add(impossible.get());
        }
        return "–" + (reasons.indexOf(impossible.get()) + 1);
    }

    private static String words(Enum<?> name) {
        return Arrays.stream(name.name().split("_", -1))
                .map(word -> word.startsWith("SIG") ? word : word.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }
}
