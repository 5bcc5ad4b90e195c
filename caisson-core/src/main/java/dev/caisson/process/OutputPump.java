package dev.caisson.process;

import java.io.IOException;
import java.io.InputStream;

/// Reads one output stream of a worker to its end, on a thread of its own.
final class OutputPump implements Runnable {

    private static final int BUFFER_BYTES = 16 * 1024;

    private static final int END = -1;

    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final InputStream stream;
    private final LineSplitter splitter;

    OutputPump(InputStream stream, LineSplitter splitter) {
        this.stream = stream;
        this.splitter = splitter;
    }

    /// Reads on whatever happens: a worker whose output nobody reads stands still.
    @Override
    public void run() {
        try {
            for (var count = read(); count >= 0; count = read()) {
                accept(count);
            }
        } catch (IOException _) {
            // Closed under our hands, after the process had ended: what was read until then is the output.
        }
        accept(END);
    }

    /// An interrupt, which a consumer on this very thread may leave behind, would close the pipe.
    private int read() throws IOException {
        var ignored = Thread.interrupted();
        return stream.read(buffer);
    }

    private void accept(int count) {
        try {
            if (count == END) {
                splitter.end();
            } else {
                splitter.accept(buffer, count);
            }
        } catch (OutOfMemoryError _) {
            // These lines are lost.
        }
    }
}
