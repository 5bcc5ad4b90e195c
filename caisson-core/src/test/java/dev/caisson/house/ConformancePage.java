package dev.caisson.house;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Writes `docs/conformance.md`.
final class ConformancePage {
    private static final int TESTS_NAMED = 4;

    private static final String HEAD = """
            # Conformance

            What a process pool must do, gathered from the test suites of Python's pools (Pebble, Loky, Billiard,
            `multiprocessing`, `concurrent.futures`, and others), and which tests hold Caisson to it. Tests carry the id of
            a row as a tag. Words in *italics* tell how a behaviour reads on the JVM where it can't be taken as it stands.

            A test writes this page from the tags and from `build/conformance.tsv`, and fails when it is out of date. Don't
            edit it by hand.
            """;

    private final List<ConformanceRow> rows;
    private final TaggedTests tests;

    ConformancePage(List<ConformanceRow> rows, TaggedTests tests) {
        this.rows = rows;
        this.tests = tests;
    }

    String text() {
        var groups = rows.stream().map(ConformanceRow::group).distinct().toList();
        return HEAD + "\n" + summary(groups)
                + groups.stream().map(this::section).collect(Collectors.joining());
    }

    private String summary(Collection<String> groups) {
        var lines = groups.stream()
                .map(group -> "| %s | %d | %d |\n".formatted(group, of(group).size(), covered(of(group))))
                .collect(Collectors.joining());
        return "| group | rows | covered |\n|---|---|---|\n" + lines
                + "| all | %d | %d |\n".formatted(rows.size(), covered(rows));
    }

    private String section(String group) {
        return "\n## %s\n\n| id | behaviour | how |\n|---|---|---|\n".formatted(group)
                + of(group).stream().map(this::line).collect(Collectors.joining());
    }

    private String line(ConformanceRow row) {
        var adaptation = row.adaptation().isEmpty() ? "" : "*" + row.adaptation() + "* ";
        return "| %s | %s | %s%s |\n".formatted(row.id(), row.behaviour(), adaptation, proof(row));
    }

    private String proof(ConformanceRow row) {
        var covering = tests.with(row.id());
        if (covering.isEmpty()) {
            return "**Not covered:** " + row.reason();
        }
        var named = covering.stream().limit(TESTS_NAMED).map("`%s`"::formatted).collect(Collectors.joining(", "));
        return covering.size() <= TESTS_NAMED ? named : named + " and %d more".formatted(covering.size() - TESTS_NAMED);
    }

    private List<ConformanceRow> of(String group) {
        return rows.stream().filter(row -> row.group().equals(group)).toList();
    }

    private long covered(List<ConformanceRow> some) {
        Function<ConformanceRow, String> id = ConformanceRow::id;
        return some.stream()
                .map(id.andThen(tests::with))
                .filter(each -> !each.isEmpty())
                .count();
    }
}
