package dev.caisson;

/// A consumer of output with a limit for lines of its own.
///
/// @param lineLimit fits an array of bytes
record LimitedOutput(WorkerOutput consumer, ByteSize lineLimit) implements WorkerOutput {

    static final ByteSize USUAL = new ByteSize(1024 * 1024);

    private static final int LARGEST = Integer.MAX_VALUE - 1024;

    /// Refuses what no array can hold.
    LimitedOutput {
        if (lineLimit.bytes() > LARGEST) {
            throw new IllegalArgumentException("The lineLimit of " + lineLimit
                    + " is too large: a line is held in memory as a whole, and can't have 2 GB. The usual limit is "
                    + USUAL);
        }
    }

    @Override
    public void line(OutputLine line) {
        consumer.line(line);
    }
}
