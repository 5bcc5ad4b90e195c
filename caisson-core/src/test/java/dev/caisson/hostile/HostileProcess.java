package dev.caisson.hostile;

import dev.caisson.protocol.Hello.Token;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A process that is a thread of this JVM. It has no process id, so nobody real is killed in its place.
final class HostileProcess extends Process {

    private static final int KILLED = 137;

    private final CompletableFuture<byte[]> input = new CompletableFuture<>();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final CountDownLatch killed = new CountDownLatch(1);
    private final InputStream out;

    HostileProcess(byte[] printed) {
        this.out = new ByteArrayInputStream(printed);
    }

    /// What the pool has written to standard input. Blocks until it has.
    Token token() {
        return Token.of(input.join());
    }

    boolean isKilled() {
        return killed.getCount() == 0;
    }

    /// Waits until it is killed, or for a while.
    boolean isKilledWithin(long millis) throws InterruptedException {
        return killed.await(millis, TimeUnit.MILLISECONDS);
    }

    void exit(int code) {
        exit.complete(code);
    }

    @Override
    public OutputStream getOutputStream() {
        return new ByteArrayOutputStream() {
            @Override
            public void close() {
                input.complete(toByteArray());
            }
        };
    }

    @Override
    public InputStream getInputStream() {
        return out;
    }

    @Override
    public InputStream getErrorStream() {
        return InputStream.nullInputStream();
    }

    @Override
    public int waitFor() {
        return exit.join();
    }

    @Override
    public CompletableFuture<Process> onExit() {
        return exit.thenApply(code -> this);
    }

    @Override
    public int exitValue() {
        if (!exit.isDone()) {
            throw new IllegalThreadStateException("It runs");
        }
        return exit.join();
    }

    @Override
    public void destroy() {
        killed.countDown();
        input.complete(new byte[Token.BYTES]);
        exit.complete(KILLED);
    }
}
