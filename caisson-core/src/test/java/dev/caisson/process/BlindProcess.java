package dev.caisson.process;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.stream.Stream;

/// A process whose descendants can't be listed, as if there were no descriptor left for that.
final class BlindProcess extends Process {

    private final Process process;

    BlindProcess(Process process) {
        this.process = process;
    }

    @Override
    public Stream<ProcessHandle> descendants() {
        throw new IllegalStateException("Too many open files (Unable to open /proc)");
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public ProcessHandle toHandle() {
        return process.toHandle();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public OutputStream getOutputStream() {
        return process.getOutputStream();
    }

    @Override
    public InputStream getInputStream() {
        return process.getInputStream();
    }

    @Override
    public InputStream getErrorStream() {
        return process.getErrorStream();
    }

    @Override
    public int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public int exitValue() {
        return process.exitValue();
    }

    @Override
    public void destroy() {
        process.destroy();
    }
}
