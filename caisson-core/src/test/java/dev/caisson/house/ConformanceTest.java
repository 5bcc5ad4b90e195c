package dev.caisson.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Each behaviour of `build/conformance.tsv` has a test that names it or a reason why not, and `docs/conformance.md`
/// tells which.
class ConformanceTest {
    private static final String IDS = "[A-Z]\\d+|row-?\\d+";

    private final SourceTree sources = SourceTree.find();

    private List<ConformanceRow> rows = List.of();

    private TaggedTests tests;

    @BeforeEach
    void read() throws IOException {
        rows = ConformanceRow.read(sources.root().resolve("build/conformance.tsv"));
        tests = TaggedTests.in(sources);
        assertThat(rows).hasSizeGreaterThan(400);
        assertThat(tests.tags()).contains("A07");
    }

    @Test
    void listsEachIdOnce() {
        assertThat(rows).extracting(ConformanceRow::id).doesNotHaveDuplicates();
    }

    @Test
    void knowsEveryIdThatATestCarries() {
        var known = rows.stream().map(ConformanceRow::id).collect(Collectors.toSet());

        assertThat(tests.tags())
                .as("Tags that no row of build/conformance.tsv has as its id: a slip of the pen?")
                .filteredOn(tag -> tag.matches(IDS) && !known.contains(tag))
                .map(tag -> tag + " on " + tests.with(tag))
                .isEmpty();
    }

    @Test
    void hasATestOrAReasonForEachBehaviour() {
        assertThat(rows)
                .as("Rows without a test. Tag the test that covers it with @Tag(id), or give the reason in the last"
                        + " column of build/conformance.tsv.")
                .filteredOn(row -> tests.with(row.id()).isEmpty() && !row.explained())
                .map(row -> row.id() + ": " + row.behaviour())
                .isEmpty();
    }

    @Test
    void excusesNoBehaviourThatHasATest() {
        assertThat(rows)
                .as(
                        "Rows that have a test, and in the last column of build/conformance.tsv a reason why they have none:"
                                + " take it out.")
                .filteredOn(row -> !tests.with(row.id()).isEmpty() && row.explained())
                .map(row -> row.id() + ": " + row.reason())
                .isEmpty();
    }

    @Test
    void hasAPageThatTellsIt() throws IOException {
        var page = sources.root().resolve("docs/conformance.md");
        var fresh = sources.root().resolve("caisson-core/target/conformance.md");
        var text = new ConformancePage(rows, tests).text();
        Files.createDirectories(fresh.resolveSibling("."));
        Files.writeString(fresh, text);

        assertThat(Files.exists(page) && Files.readString(page).equals(text))
                .as("""
                        docs/conformance.md is out of date. It was written anew beside the build's output; to take it:

                            cp caisson-core/target/conformance.md docs/
                        """)
                .isTrue();
    }
}
