package dev.caisson.process;

import java.io.IOException;
import java.io.InputStream;

/// Reads one output stream of a worker to its end, on a thread of its own.
final class OutputPump implements Runnable {

    private static final int BUFFER_BYTES = 16 * 1024;

    private final InputStream stream;
    private final LineSplitter splitter;

    OutputPump(InputStream stream, LineSplitter.Lines lines) {
        this.stream = stream;
        this.splitter = new LineSplitter(lines);
    }

    @Override
    public void run() {
        var buffer = new byte[BUFFER_BYTES];
        try {
            for (var count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                splitter.accept(buffer, count);
            }
        } catch (IOException _) {
            // Closed under our hands, after the process had ended: what was read until then is the output.
        } finally {
            splitter.end();
        }
    }
}
