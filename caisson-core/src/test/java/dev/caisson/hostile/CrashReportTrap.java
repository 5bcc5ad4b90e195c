package dev.caisson.hostile;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a task can leave where its worker's JVM would write a crash report.
enum CrashReportTrap {
    PIPE,
    FOLDER,
    LINK_TO_ENDLESS_FILE,
    HUGE_FILE,
    ENDLESS_LINE,
    EMPTY_FRAME;

    private static final long HUGE_BYTES = 200L << 30;
    private static final int TABS = 120_000;

    /// Lays the trap and ends the worker. To be called in a worker.
    void spring() throws IOException, InterruptedException {
        var report = report();
        switch (this) {
            case PIPE -> new ProcessBuilder("mkfifo", report.toString()).start().waitFor();
            case FOLDER -> Files.createDirectories(report.resolve("not/empty"));
            case LINK_TO_ENDLESS_FILE -> Files.createSymbolicLink(report, Path.of("/dev/zero"));
            case HUGE_FILE -> {
                try (var file = new RandomAccessFile(report.toFile(), "rw")) {
                    file.setLength(HUGE_BYTES);
                }
            }
            case ENDLESS_LINE -> Files.writeString(report, "Java frames:\nj " + "\t".repeat(TABS) + "\n");
            case EMPTY_FRAME -> Files.writeString(report, "# Problematic frame:\n\n");
        }
        Runtime.getRuntime().halt(1);
    }

    private static Path report() {
        var option = "-XX:ErrorFile=";
        var file = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith(option))
                .findFirst()
                .orElseThrow();
        return Path.of(file.substring(option.length())
                .replace("%p", Long.toString(ProcessHandle.current().pid())));
    }

    /// Prints past everything that Caisson puts before the output, and ends the worker.
    static void sayAndHalt(String words, int code) throws IOException {
        try (var out = new FileOutputStream(FileDescriptor.out)) {
            out.write(words.getBytes(StandardCharsets.UTF_8));
        }
        Runtime.getRuntime().halt(code);
    }
}
