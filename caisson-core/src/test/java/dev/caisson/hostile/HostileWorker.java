package dev.caisson.hostile;

import dev.caisson.protocol.AssignmentHead;
import dev.caisson.protocol.BoardLayout;
import dev.caisson.protocol.ClaimState;
import dev.caisson.protocol.ClaimWord;
import dev.caisson.protocol.ExitMark;
import dev.caisson.protocol.FrameDecoder;
import dev.caisson.protocol.FrameKind;
import dev.caisson.protocol.Hello;
import dev.caisson.transport.Board;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/// The life of a hostile worker: it greets as it should, mostly, and then does what is drawn.
final class HostileWorker implements Runnable {

    /// Beyond any process id that a system gives.
    private static final long PID = 1L << 40;

    private static final int MOST_DEEDS = 80;
    private static final int LONG_MILLIS = 600;
    private static final AssignmentHead NONE =
            new AssignmentHead(0, 1, 1, 0, 1, 1, 0, 0, false, false, false, false, 0, null, null);
    private static final List<HostileDeed> DRAWN = Arrays.stream(HostileDeed.values())
            .flatMap(deed -> Collections.nCopies(deed.weight, deed).stream())
            .toList();

    private final HostileProcess process;
    private final Path file;
    private final Random random;
    private final AtomicLong deeds;
    private final List<SocketChannel> open = new ArrayList<>();
    private AssignmentHead held = NONE;
    private long published;

    HostileWorker(HostileProcess process, Path file, Random random, AtomicLong deeds) {
        this.process = process;
        this.file = file;
        this.random = random;
        this.deeds = deeds;
    }

    @Override
    public void run() {
        try {
            live();
        } catch (IOException | RuntimeException closedByThePool) {
            // It has been found out, or the pool is gone: so it ends.
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        } finally {
            for (var channel : open) {
                try {
                    channel.close();
                } catch (IOException alreadyClosed) {
                    // Nothing is left to do.
                }
            }
            process.exit(random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(140));
        }
    }

    private void live() throws IOException, InterruptedException {
        var token = process.token();
        var board = Board.open(file);
        int fate = random.nextInt(12);
        if (fate == 0) {
            return; // says nothing at all
        }
        var tasks = dial();
        write(tasks, greeting(Hello.Role.TASKS, token, fate == 1));
        var control = dial();
        write(control, greeting(Hello.Role.CONTROL, token, fate == 1));
        var frames = new FrameDecoder();
        message(frames, tasks);
        if (fate > 2) {
            send(board, tasks, HostileMessage.frame(FrameKind.READY, new byte[0]));
        }
        if (fate > 4) {
            held = AssignmentHead.decode(firstPart(message(frames, tasks)));
        }
        for (int i = random.nextInt(MOST_DEEDS); i >= 0 && !process.isKilled(); i--) {
            deeds.incrementAndGet();
            act(DRAWN.get(random.nextInt(DRAWN.size())), board, tasks, control);
        }
    }

    private void act(HostileDeed deed, Board board, SocketChannel tasks, SocketChannel control)
            throws IOException, InterruptedException {
        switch (deed) {
            case TASK_FRAME -> write(tasks, HostileMessage.draw(random, held));
            case OUTBOX_FRAME -> send(board, tasks, HostileMessage.draw(random, held));
            case CONTROL_FRAME -> write(control, HostileMessage.drawControl(random, held));
            case SCRIBBLE -> scribble(board);
            case RESULT -> {
                board.put(claimOffset(), claim(ClaimState.BEGUN));
                board.put(claimOffset(), claim(ClaimState.FINISHED));
                send(board, tasks, HostileMessage.rightResult(held));
            }
            case FALSE_CLAIM ->
                board.put(claimOffset(), claim(random.nextBoolean() ? ClaimState.FINISHED : ClaimState.BEGUN));
            case DELETION -> {
                var lost = random.nextBoolean() ? file.resolveSibling("pool.sock") : file;
                Files.deleteIfExists(lost);
            }
            case SILENCE -> process.isKilledWithin(random.nextInt(LONG_MILLIS));
            case CLAIM -> board.put(BoardLayout.claimOffset(random.nextInt(BoardLayout.CLAIMS)), random.nextLong());
            case LAST_WORDS -> {
                board.lastWords("Terminating due to java.lang.OutOfMemoryError: ".substring(random.nextInt(47)));
                board.put(BoardLayout.LAST_WORDS_OFFSET, random.nextInt(2) == 0 ? random.nextLong() : 50);
            }
            case EXIT_MARK -> {
                board.mark(ExitMark.of(random.nextInt(ExitMark.values().length)));
                if (random.nextBoolean()) {
                    board.put(BoardLayout.EXIT_MARK_OFFSET, random.nextLong());
                }
            }
            case CONNECTIONS -> {
                for (int i = random.nextInt(6); i >= 0; i--) {
                    var junk = HostileMessage.bytes(random);
                    write(dial(), junk);
                }
            }
            case CRASH_REPORT -> leaveCrashReport();
            case PROGRESS_FLOOD -> {
                for (int i = 0; i < 2000; i++) {
                    write(control, HostileMessage.frame(FrameKind.PROGRESS, new byte[28]));
                }
            }
            case CLASS_FLOOD -> {
                for (int i = 0; i < 300; i++) {
                    write(control, HostileMessage.frame(FrameKind.CLASS_WANTED, new byte[60_000]));
                }
            }
        }
    }

    private int claimOffset() {
        return BoardLayout.claimOffset(held.sequence());
    }

    private long claim(ClaimState state) {
        long offered = ClaimWord.offered(held.sequence(), held.firstItem(), held.endItem());
        long begun = ClaimWord.begin(offered, held.sequence(), held.firstItem());
        return state == ClaimState.BEGUN ? begun : ClaimWord.end(begun, held.sequence(), held.firstItem());
    }

    private void scribble(Board board) {
        int words = BoardLayout.CLAIMS_OFFSET / Long.BYTES;
        board.put(random.nextInt(words) * Long.BYTES, random.nextBoolean() ? random.nextLong() : -1);
    }

    private void leaveCrashReport() throws IOException {
        var report = file.resolveSibling("hs_err_" + (random.nextBoolean() ? -1 : PID) + ".log");
        Files.deleteIfExists(report);
        switch (random.nextInt(4)) {
            case 0 -> Files.createDirectory(report);
            case 1 -> Files.createSymbolicLink(report, Path.of("/dev/zero"));
            case 2 -> Files.writeString(report, "# A fatal error\nj " + "\t".repeat(random.nextInt(100_000)));
            default -> {
                try (var sparse = new RandomAccessFile(report.toFile(), "rw")) {
                    sparse.setLength(200L << 30);
                }
            }
        }
    }

    private byte[] greeting(Hello.Role role, Hello.Token token, boolean wrong) {
        var frame = new Hello(role, PID, token).frame().array();
        return wrong ? HostileMessage.mutate(frame, random) : frame;
    }

    private SocketChannel dial() throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        open.add(channel);
        channel.connect(UnixDomainSocketAddress.of(file.resolveSibling("pool.sock")));
        return channel;
    }

    private void send(Board board, SocketChannel tasks, byte[] bytes) throws IOException {
        long place = published % BoardLayout.OUTBOX_BYTES;
        try (var outbox = new RandomAccessFile(file.toFile(), "rw")) {
            outbox.seek(BoardLayout.OUTBOX_OFFSET + place);
            outbox.write(bytes, 0, (int) Math.min(bytes.length, BoardLayout.OUTBOX_BYTES - place));
        }
        published += bytes.length;
        board.publish(BoardLayout.PUBLISHED_OFFSET, published);
        write(tasks, bytes);
    }

    private static void write(SocketChannel channel, byte[] bytes) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static ByteBuffer message(FrameDecoder frames, SocketChannel channel) throws IOException {
        next(frames, channel);
        var message = ByteBuffer.allocate((int) frames.body().getLong());
        while (true) {
            message.put(frames.body());
            if (!message.hasRemaining()) {
                return message.flip();
            }
            next(frames, channel);
        }
    }

    private static void next(FrameDecoder frames, SocketChannel channel) throws IOException {
        while (!frames.next()) {
            if (frames.fill(channel) < 0) {
                throw new IOException("The pool has closed the connection");
            }
        }
    }

    private static byte[] firstPart(ByteBuffer message) {
        var part = new byte[(int) message.getLong()];
        message.get(part);
        return part;
    }
}
