package dev.caisson.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.protocol.Assignment;
import dev.caisson.protocol.Encoded;
import dev.caisson.protocol.Work;
import dev.caisson.protocol.WorkerHook;
import dev.caisson.protocol.WorkerSettings;
import dev.caisson.transport.RecordingListener.Ready;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/// The parent's end of a worker, for tests: it expects one, and leaves nothing behind in its folder.
final class ParentSide implements AutoCloseable {

    static final int MAX_RESULT_BYTES = 32 * 1024 * 1024;
    static final byte[] VALUE = {1, 2, 3};

    final RecordingListener heard = new RecordingListener();
    final WorkerChannel channel;
    private final Path folder;
    private final PoolEndpoint endpoint;

    private ParentSide(Path folder) throws IOException {
        this.folder = folder;
        endpoint = PoolEndpoint.open(folder, "test");
        channel = expect(0, heard);
    }

    static ParentSide open(Path folder) throws IOException {
        return new ParentSide(folder);
    }

    WorkerChannel expect(int slot, RecordingListener listener) throws IOException {
        return endpoint.expect(
                Files.createDirectories(folder.resolve("worker-" + slot)),
                new WorkerSettings(
                        "test",
                        slot,
                        1,
                        0,
                        1,
                        false,
                        MAX_RESULT_BYTES,
                        Encoded.EMPTY,
                        WorkerHook.NONE,
                        WorkerHook.NONE),
                listener);
    }

    FakeWorker readyWorker() throws IOException {
        var worker = FakeWorker.greet(channel).ready();
        heard.await(Ready.class);
        return worker;
    }

    void submit(long task, int items, Encoded payload) {
        submit(channel, task, items, payload);
    }

    static void submit(WorkerChannel channel, long task, int items, Encoded payload) {
        queue(channel, task, items, payload);
        channel.flush();
    }

    void queue(long task, int items, Encoded payload) {
        queue(channel, task, items, payload);
    }

    private static void queue(WorkerChannel channel, long task, int items, Encoded payload) {
        var work = new Work.Chunk(
                payload,
                IntStream.range(0, items).mapToObj(_ -> Encoded.of(VALUE)).toList());
        channel.send(new Assignment(task, task, 0, items, 1, 0, 0, false, false, null, null, work));
    }

    private static boolean isLeftToOthers(Path file) {
        return Files.isDirectory(file) || file.endsWith(PoolEndpoint.SOCKET_NAME);
    }

    @Override
    public void close() throws IOException {
        endpoint.close();
        try (var files = Files.walk(folder)) { // the folders of workers are their maker's to delete
            assertThat(files).allSatisfy(file -> assertThat(file).matches(ParentSide::isLeftToOthers));
        }
    }
}
