package dev.caisson.examples;

import dev.caisson.Compilation;
import dev.caisson.Outcome.Success;
import dev.caisson.ProcessPool;
import dev.caisson.WorkerOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Measures text extraction from well-behaved documents: two threads of one JVM against pools of two workers, by each
/// way to compile, in turn. The first pass begins with the start of the processes; the second finds them warm. Take
/// ratios, not absolute values.
public final class MeasureDocuments {

    private static final int PASSES = 2;
    private static final int WORKERS = 2;
    private static final String THREADS = "threads";
    private static final String PASS_ENDED = "pass ended";

    private MeasureDocuments() {}

    /// Prints a line for each measurement: documents a second in each pass.
    ///
    /// @param arguments a folder of documents, and how many rounds; the program itself gives another first word
    /// @throws Exception if anything fails that should not
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 2 && arguments[0].equals(THREADS)) {
            runInThreads(documents(Path.of(arguments[1])));
            return;
        }
        if (arguments.length != 2) {
            System.err.println("Usage: MeasureDocuments FOLDER ROUNDS");
            System.exit(2);
        }
        var folder = Path.of(arguments[0]);
        var documents = documents(folder);
        System.out.println(documents.size() + " documents; a second, first and later pass:");
        for (int round = 0; round < Integer.parseInt(arguments[1]); round++) {
            measureThreads(folder, documents.size());
            for (var compilation : Compilation.values()) {
                measurePool(documents, compilation);
            }
        }
    }

    private static List<Path> documents(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(folder.resolve("hostile")))
                    .sorted()
                    .toList();
        }
    }

    private static void measureThreads(Path folder, int documents) throws IOException, InterruptedException {
        var rates = new Rates(documents);
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MeasureDocuments.class.getName(),
                        THREADS,
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var output = process.inputReader()) {
            output.lines().filter(PASS_ENDED::equals).forEach(line -> rates.passEnded());
        }
        process.waitFor();
        rates.print("one JVM, two threads");
    }

    private static void runInThreads(List<Path> documents) throws Exception {
        try (var threads = Executors.newFixedThreadPool(WORKERS)) {
            for (int pass = 0; pass < PASSES; pass++) {
                var running = new ArrayList<Future<Boolean>>();
                for (var document : documents) {
                    Callable<Boolean> extraction = () -> isExtracted(document);
                    running.add(threads.submit(extraction));
                }
                for (var each : running) {
                    each.get();
                }
                System.out.println(PASS_ENDED);
            }
        }
    }

    private static boolean isExtracted(Path document) {
        try {
            return ExtractText.extract(document).characters() >= 0;
        } catch (Exception broken) {
            return false; // encrypted, say: an outcome like any other
        }
    }

    private static void measurePool(List<Path> documents, Compilation compilation) {
        var rates = new Rates(documents.size());
        try (var pool = ProcessPool.builder()
                .workers(WORKERS)
                .maxHeap("256m")
                .compilation(compilation)
                .output(WorkerOutput.discard())
                .build()) {
            for (int pass = 0; pass < PASSES; pass++) {
                try (var run = pool.batch(documents).map(ExtractText::extract)) {
                    var extracted =
                            run.outcomes().filter(Success.class::isInstance).count();
                    if (extracted == 0) {
                        throw new IllegalStateException("No document could be read");
                    }
                }
                rates.passEnded();
            }
        }
        rates.print("pool, " + compilation.name().toLowerCase(Locale.ROOT));
    }

    /// Documents a second, pass by pass.
    private static final class Rates {

        private final int documents;
        private final StringBuilder text = new StringBuilder();
        private long beganNanos = System.nanoTime();

        Rates(int documents) {
            this.documents = documents;
        }

        void passEnded() {
            long now = System.nanoTime();
            text.append(String.format(Locale.ROOT, "%8.1f", documents * 1e9 / (now - beganNanos)));
            beganNanos = now;
        }

        void print(String what) {
            System.out.printf("%-24s%s%n", what, text);
        }
    }
}
