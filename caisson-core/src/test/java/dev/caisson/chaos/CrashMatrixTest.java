package dev.caisson.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every deed at every site, on real processes. A normal build runs a quarter of the cells, drawn by a seed; the full
/// profile runs all. `-Dcaisson.seed=N` draws another quarter, `-Dcaisson.cell=RUNNING-SIGKILL-1` runs the cells whose
/// names begin so.
class CrashMatrixTest {

    private static final long SEED = 3;
    private static final int SHARE = 4;
    private static final int AT_ONCE = 3;

    @TempDir
    private static Path folder;

    private static final ExecutorService RUNNERS = Executors.newFixedThreadPool(AT_ONCE);

    @AfterAll
    static void end() {
        RUNNERS.close();
    }

    @TestFactory
    @Tag("J05")
    @Tag("F04")
    @Tag("F05")
    Stream<DynamicTest> blamesWhatHadBegunAndNobodyElse() {
        return chosen().stream()
                .map(cell -> new Started(cell, RUNNERS.submit(() -> {
                    new CellRun(cell, folder).run();
                    return null;
                })))
                .toList()
                .stream()
                .map(started -> DynamicTest.dynamicTest(started.cell.toString(), started::join));
    }

    @Test
    void isDocumentedCellByCell() throws IOException {
        var root = Path.of(System.getProperty("caisson.root", ".."));

        assertThat(Files.readString(root.resolve("docs/testing.md"))).contains(MatrixTable.text());
    }

    private record Started(Cell cell, Future<?> run) {

        void join() throws Throwable {
            try {
                run.get();
            } catch (ExecutionException failure) {
                throw failure.getCause();
            }
        }
    }

    private static List<Cell> chosen() {
        var only = System.getProperty("caisson.cell");
        if (only != null) {
            return Cell.possible().stream()
                    .filter(cell -> cell.toString().startsWith(only))
                    .toList();
        }
        var cells = new ArrayList<>(Cell.possible());
        if (!System.getProperty("caisson.profile", "normal").equals("normal")) {
            return cells;
        }
        long seed = Long.getLong("caisson.seed", SEED);
        System.out.println("Crash matrix: a quarter of the cells, by seed " + seed);
        Collections.shuffle(cells, new Random(seed));
        return cells.subList(0, cells.size() / SHARE);
    }
}
