package dev.caisson.hostile;

import dev.caisson.codec.JdkCodec;
import dev.caisson.codec.ResultEncoding;
import dev.caisson.protocol.AssignmentHead;
import dev.caisson.protocol.FrameKind;
import dev.caisson.protocol.ResultHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Frames as a worker sends them, some as they should be, most mutated.
final class HostileMessage {

    private static final FrameKind[] KINDS = FrameKind.values();
    private static final int LONGEST_BODY_BYTES = 600;
    private static final int MUTATIONS = 4;

    private HostileMessage() {}

    /// Draws one for a worker that holds a task.
    static byte[] draw(Random random, AssignmentHead held) {
        var message = switch (random.nextInt(6)) {
            case 0 -> frame(FrameKind.RESULT, result(random, held));
            case 1 -> frame(FrameKind.BEGAN, numbers(held.task(), held.firstItem(), System.nanoTime()));
            case 2 -> frame(random.nextBoolean() ? FrameKind.PART : FrameKind.DISCARD, bytes(random));
            case 3 -> frame(FrameKind.START_FAILED, value(random));
            default -> frame(KINDS[random.nextInt(KINDS.length)], bytes(random));
        };
        return random.nextInt(3) == 0 ? message : mutate(message, random);
    }

    /// Draws one for the control connection.
    static byte[] drawControl(Random random, AssignmentHead held) {
        var text = bytes(random);
        var message = switch (random.nextInt(5)) {
            case 0 -> frame(FrameKind.PONG, new byte[0]);
            case 1 -> frame(random.nextBoolean() ? FrameKind.STACKS : FrameKind.STACKS_SO_FAR, text);
            case 2 -> frame(FrameKind.PROGRESS, join(numbers(held.task(), held.firstItem(), random.nextLong()), text));
            case 3 ->
                frame(
                        FrameKind.CLASS_WANTED,
                        join(numbers(random.nextLong(), random.nextInt(3) - 1, random.nextLong()), text));
            default -> frame(KINDS[random.nextInt(KINDS.length)], text);
        };
        return random.nextInt(3) == 0 ? message : mutate(message, random);
    }

    static byte[] frame(FrameKind kind, byte[] body) {
        return ByteBuffer.allocate(Integer.BYTES + 1 + body.length)
                .putInt(1 + body.length)
                .put(kind.number())
                .put(body)
                .array();
    }

    static byte[] mutate(byte[] message, Random random) {
        var mutated = message.clone();
        for (int i = random.nextInt(MUTATIONS); i >= 0; i--) {
            mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(mutated, random.nextInt(mutated.length) + 1) : mutated;
    }

    static byte[] bytes(Random random) {
        var bytes = new byte[random.nextInt(LONGEST_BODY_BYTES)];
        random.nextBytes(bytes);
        return bytes;
    }

    /// What an honest worker sends for the first item that it holds: the number 7, written by the library itself.
    static byte[] rightResult(AssignmentHead held) throws IOException {
        var value = new ByteArrayOutputStream();
        ResultEncoding.write(7, new JdkCodec(), value);
        var head = ByteBuffer.allocate(ResultHead.BYTES);
        long now = System.nanoTime();
        new ResultHead(held.task(), held.firstItem(), true, now, now).writeTo(head);
        return frame(FrameKind.RESULT, join(head.array(), value.toByteArray()));
    }

    private static byte[] result(Random random, AssignmentHead held) {
        var head = ByteBuffer.allocate(ResultHead.BYTES);
        new ResultHead(held.task(), held.firstItem(), random.nextBoolean(), random.nextLong(), random.nextLong())
                .writeTo(head);
        return join(head.array(), value(random));
    }

    /// A value of the fast path with any tag, or a serialized one, whole or not.
    private static byte[] value(Random random) {
        if (random.nextBoolean()) {
            var plain = bytes(random);
            return plain.length == 0 ? new byte[] {1} : setFirst(plain, (byte) random.nextInt(32));
        }
        var list = new ArrayList<Object>(List.of("text", random.nextLong(), new IllegalStateException("thrown")));
        for (int depth = random.nextInt(50); depth > 0; depth--) {
            list = new ArrayList<>(List.of(list, depth));
        }
        var out = new ByteArrayOutputStream();
        out.write(random.nextInt(32));
        try (var objects = new ObjectOutputStream(out)) {
            objects.writeObject(list);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return random.nextBoolean() ? out.toByteArray() : mutate(out.toByteArray(), random);
    }

    private static byte[] setFirst(byte[] bytes, byte first) {
        bytes[0] = first;
        return bytes;
    }

    private static byte[] numbers(long first, int second, long third) {
        return ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
                .putLong(first)
                .putInt(second)
                .putLong(third)
                .array();
    }

    private static byte[] join(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
