package dev.caisson.worker;

import dev.caisson.Action;
import dev.caisson.Task;
import dev.caisson.TaskFunction;
import dev.caisson.codec.Failures;
import dev.caisson.codec.JdkCodec;
import dev.caisson.codec.ResultEncoding;
import dev.caisson.codec.TaskEncoding;
import dev.caisson.protocol.Assignment;
import dev.caisson.protocol.Encoded;
import dev.caisson.protocol.ExitMark;
import dev.caisson.protocol.Work;
import dev.caisson.protocol.WorkerHook;
import dev.caisson.protocol.WorkerSettings;
import dev.caisson.transport.PoolEndpoint;
import dev.caisson.transport.RecordingListener;
import dev.caisson.transport.WorkerChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A real worker process and the parent's end of it, for tests.
final class LiveWorker implements AutoCloseable {

    static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    static final long MAX_RESULT_BYTES = 64L * 1024 * 1024;

    final RecordingListener heard = new RecordingListener();
    final WorkerChannel channel;
    final Process process;
    final Path folder;
    private final PoolEndpoint endpoint;
    private final Path output;
    private long lastTask;

    private LiveWorker(@Nullable Action initializer, String... jvmOptions) throws IOException {
        folder = Files.createTempDirectory("caisson-worker-test");
        output = folder.resolve("output");
        endpoint = PoolEndpoint.open(folder, "test");
        channel = endpoint.expect(
                Files.createDirectory(folder.resolve("worker")),
                new WorkerSettings(
                        "test",
                        0,
                        1,
                        0,
                        GRACE_NANOS,
                        false,
                        MAX_RESULT_BYTES,
                        Encoded.EMPTY,
                        initializer == null
                                ? WorkerHook.NONE
                                : new WorkerHook(TaskEncoding.encode(initializer, new JdkCodec(), "initializer"), 0),
                        WorkerHook.NONE),
                heard);
        process = new ProcessBuilder(command(channel.introduction(), jvmOptions))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try (var input = process.getOutputStream()) {
            input.write(channel.token().bytes());
        }
    }

    static List<String> command(Path board, String... jvmOptions) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx64m", "-XX:-UsePerfData", "-XX:-CreateCoredumpOnCrash"));
        command.addAll(List.of(jvmOptions));
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), WorkerMain.class.getName(), board.toString()));
        return command;
    }

    /// Starts one and waits until it takes tasks.
    static LiveWorker start(String... jvmOptions) throws IOException {
        var worker = new LiveWorker(null, jvmOptions);
        worker.heard.await(RecordingListener.Ready.class);
        return worker;
    }

    /// Starts one and doesn't wait.
    static LiveWorker starting(@Nullable Action initializer, String... jvmOptions) throws IOException {
        return new LiveWorker(initializer, jvmOptions);
    }

    long submit(Task<?> task) {
        return send(new Work.Call(encode(task)));
    }

    long submit(Action action) {
        return send(new Work.Call(encode(action)));
    }

    <A> long submitChunk(TaskFunction<A, ?> function, List<Encoded> items) {
        return send(new Work.Chunk(encode(function), items));
    }

    static Encoded encode(@Nullable Object value) {
        return TaskEncoding.encode(value, new JdkCodec(), "task");
    }

    private long send(Work work) {
        var task = queue(work, true);
        channel.flush();
        return task;
    }

    long queue(Work work, boolean tellWhenBegun) {
        var task = ++lastTask;
        channel.send(new Assignment(task, task, 0, work.count(), 1, 0, 0, tellWhenBegun, false, "a label", null, work));
        return task;
    }

    @Nullable Object awaitResult() {
        var finished = heard.await(RecordingListener.ItemFinished.class);
        if (!finished.succeeded()) {
            throw new AssertionError("The task failed", failureOf(finished));
        }
        return valueOf(finished);
    }

    Throwable awaitFailure() {
        var finished = heard.await(RecordingListener.ItemFinished.class);
        if (finished.succeeded()) {
            throw new AssertionError("The task should have failed, but returned " + valueOf(finished));
        }
        return failureOf(finished);
    }

    static @Nullable Object valueOf(RecordingListener.ItemFinished finished) {
        return ResultEncoding.decode(finished.result(), new JdkCodec(), LiveWorker.class.getClassLoader());
    }

    static Throwable failureOf(RecordingListener.ItemFinished finished) {
        return Failures.read(finished.result().open(), new JdkCodec(), LiveWorker.class.getClassLoader());
    }

    int awaitExit() {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new AssertionError("The worker did not exit within 20 s");
            }
            return process.exitValue();
        } catch (InterruptedException interrupt) {
            throw new AssertionError("The test was interrupted", interrupt);
        }
    }

    /// Waits for the end of the process and of what it had to tell.
    ExitMark awaitDeath() {
        var ignored = awaitExit();
        channel.drainAfterExit();
        return channel.exitMark();
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        var ignored = awaitExit();
        channel.drainAfterExit();
        channel.close();
        endpoint.close();
        Files.deleteIfExists(output);
        Files.deleteIfExists(folder.resolve("worker").resolve("pool.sock"));
        Files.deleteIfExists(folder.resolve("worker"));
        Files.deleteIfExists(folder);
    }
}
