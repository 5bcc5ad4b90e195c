package dev.caisson.transport;

import dev.caisson.protocol.AssignmentHead;
import dev.caisson.protocol.BoardLayout;
import dev.caisson.protocol.ClaimWord;
import dev.caisson.protocol.FrameDecoder;
import dev.caisson.protocol.FrameKind;
import dev.caisson.protocol.Hello;
import dev.caisson.protocol.ResultHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// A worker in this JVM, on real sockets, that does exactly what a test says, be it against all rules.
final class FakeWorker implements AutoCloseable {

    static final long PID = 4711;

    final Board board;
    final SocketChannel tasks;
    final SocketChannel control;
    private final FrameDecoder frames = new FrameDecoder();
    private final FrameDecoder controlFrames = new FrameDecoder();
    private long published;

    private FakeWorker(Board board, SocketChannel tasks, SocketChannel control) {
        this.board = board;
        this.tasks = tasks;
        this.control = control;
    }

    /// Connects and greets as it should.
    static FakeWorker greet(WorkerChannel expected) throws IOException {
        return greet(expected.introduction(), expected.token());
    }

    private static FakeWorker greet(Path introduction, Hello.Token token) throws IOException {
        var board = Board.open(introduction);
        var tasks = dial(introduction);
        tasks.write(new Hello(Hello.Role.TASKS, PID, token).frame());
        var control = dial(introduction);
        control.write(new Hello(Hello.Role.CONTROL, PID, token).frame());
        return new FakeWorker(board, tasks, control);
    }

    /// Connects, and says nothing.
    static SocketChannel dial(Path introduction) throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(ParentLink.socketBeside(introduction)));
        return channel;
    }

    /// Takes its welcome and is ready.
    FakeWorker ready() throws IOException {
        var ignored = message(FrameKind.WELCOME);
        send(frame(FrameKind.READY, new byte[0]));
        return this;
    }

    /// Waits for a task and answers with what is said about it.
    AssignmentHead assignment() throws IOException {
        return AssignmentHead.decode(firstPart(message(FrameKind.ASSIGN)));
    }

    /// Waits for a message.
    byte[] message(FrameKind kind) throws IOException {
        nextFrame();
        if (frames.kind() != kind) {
            throw new AssertionError("Waited for " + kind + ", got " + frames.kind());
        }
        var left = frames.body().getLong();
        var message = new ByteArrayOutputStream();
        while (true) {
            var bytes = new byte[frames.body().remaining()];
            frames.body().get(bytes);
            message.writeBytes(bytes);
            if (message.size() == left) {
                return message.toByteArray();
            }
            nextFrame();
        }
    }

    private void nextFrame() throws IOException {
        await(frames, tasks);
    }

    /// Waits for a frame on the control connection.
    FrameKind controlFrame() throws IOException {
        await(controlFrames, control);
        return controlFrames.kind();
    }

    private static void await(FrameDecoder decoder, SocketChannel channel) throws IOException {
        while (!decoder.next()) {
            if (decoder.fill(channel) < 0) {
                throw new IOException("The pool has closed the connection");
            }
        }
    }

    private static byte[] firstPart(byte[] message) {
        var in = ByteBuffer.wrap(message);
        var part = new byte[(int) in.getLong()];
        in.get(part);
        return part;
    }

    /// Begins and ends an item on the board.
    void claim(AssignmentHead head, int item) {
        begin(head, item);
        var word = board.claim(head.sequence());
        if (!board.claim(head.sequence(), word, ClaimWord.end(word, head.sequence(), item))) {
            throw new AssertionError("The claim word changed");
        }
    }

    /// Begins an item on the board.
    void begin(AssignmentHead head, int item) {
        board.put(BoardLayout.BEGAN_OFFSET, System.nanoTime());
        var word = board.claim(head.sequence());
        if (!board.claim(head.sequence(), word, ClaimWord.begin(word, head.sequence(), item))) {
            throw new AssertionError("The claim word changed");
        }
    }

    /// Appends to the stream: outbox and socket.
    void send(byte[] bytes) throws IOException {
        publish(bytes);
        write(tasks, bytes);
    }

    /// Appends to the outbox only.
    void publish(byte[] bytes) {
        board.putOutbox(published, bytes, 0, bytes.length);
        published += bytes.length;
        board.publish(BoardLayout.PUBLISHED_OFFSET, published);
    }

    static void write(SocketChannel channel, byte[] bytes) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    static byte[] result(long task, int item, byte[] value) {
        var body = ByteBuffer.allocate(ResultHead.BYTES + value.length);
        new ResultHead(task, item, true, 1, 2).writeTo(body);
        return frame(FrameKind.RESULT, body.put(value).array());
    }

    static byte[] frame(FrameKind kind, byte[] body) {
        return ByteBuffer.allocate(5 + body.length)
                .putInt(1 + body.length)
                .put(kind.number())
                .put(body)
                .array();
    }

    /// Dies: the kernel closes what a process had open.
    void die() throws IOException {
        tasks.close();
        control.close();
    }

    @Override
    public void close() throws IOException {
        die();
    }
}
