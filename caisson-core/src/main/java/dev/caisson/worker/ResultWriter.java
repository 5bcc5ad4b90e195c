package dev.caisson.worker;

import dev.caisson.PayloadTooLargeException;
import dev.caisson.TaskCodec;
import dev.caisson.codec.Failures;
import dev.caisson.codec.ResultEncoding;
import dev.caisson.protocol.FaultPoint;
import dev.caisson.protocol.FrameDecoder;
import dev.caisson.protocol.FrameKind;
import dev.caisson.protocol.ProtocolLimits;
import dev.caisson.protocol.ResultHead;
import dev.caisson.protocol.SizeLimitExceededException;
import dev.caisson.transport.Outbox;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Encodes results and failures into the outbox. A large one leaves in parts while it is written; the frame that makes
/// it count comes last, by [#publish]. Task thread only.
final class ResultWriter extends OutputStream {

    private static final int FRAME_HEAD_BYTES = Integer.BYTES + 1;
    /// Where the bytes of the result begin, so that either head fits before them.
    private static final int CONTENT = FRAME_HEAD_BYTES + ResultHead.BYTES;

    private static final int PART_FRAME = CONTENT - FRAME_HEAD_BYTES;
    private static final int FIRST_BYTES = 4 * 1024;

    private final Outbox outbox;
    private final TaskCodec codec;
    private final long maxResultBytes;
    private byte[] frame = new byte[FIRST_BYTES];
    private int end = CONTENT;
    private long size;
    private long limitBytes;
    private boolean partsSent;
    private @Nullable IOException connectionFailure;

    ResultWriter(Outbox outbox, TaskCodec codec, long maxResultBytes) {
        this.outbox = outbox;
        this.codec = codec;
        this.maxResultBytes = maxResultBytes;
    }

    /// Encodes what a task returned.
    ///
    /// @throws PayloadTooLargeException if it is too large
    /// @throws dev.caisson.ResultSerializationException if it can't be encoded
    void encodeResult(@Nullable Object result) throws IOException {
        restart(maxResultBytes);
        FaultPoint.WRITING.reached();
        try {
            ResultEncoding.write(result, codec, this);
        } catch (SizeLimitExceededException tooLarge) {
            throw tooLarge(tooLarge, "The task returned, but its result is too large");
        }
    }

    /// Encodes what a task threw. Whatever goes wrong with that, something is there to be published afterwards.
    void encodeFailure(Throwable failure) throws IOException {
        try {
            restart(Math.max(maxResultBytes, ProtocolLimits.FAILURE_BYTES));
            Failures.write(failure, codec, this);
        } catch (SizeLimitExceededException tooLarge) {
            restart(Long.MAX_VALUE);
            Failures.write(
                    tooLarge(
                            tooLarge,
                            "The task failed with " + failure.getClass().getName() + ", which is too large to send"),
                    codec,
                    this);
        }
    }

    /// Makes what was encoded the outcome of an item.
    void publish(ResultHead head) throws IOException {
        head.writeTo(ByteBuffer.wrap(frame, FRAME_HEAD_BYTES, ResultHead.BYTES));
        append(0, FrameKind.RESULT);
        end = CONTENT;
        partsSent = false;
    }

    /// Makes what was encoded the reason why this worker can't start.
    void publishStartFailure() throws IOException {
        append(PART_FRAME, FrameKind.START_FAILED);
    }

    /// Tells that this worker takes tasks.
    void publishReady() throws IOException {
        restart(0);
        append(PART_FRAME, FrameKind.READY);
    }

    /// Tells that an item has begun.
    void publishBegun(long task, int item, long beganNanos) throws IOException {
        restart(0);
        ByteBuffer.wrap(frame, CONTENT, 2 * Long.BYTES + Integer.BYTES)
                .putLong(task)
                .putInt(item)
                .putLong(beganNanos);
        end = CONTENT + 2 * Long.BYTES + Integer.BYTES;
        append(PART_FRAME, FrameKind.BEGAN);
        end = CONTENT;
    }

    /// What made the connection fail, if that is why something could not be encoded.
    void checkConnection() throws IOException {
        if (connectionFailure != null) {
            throw connectionFailure;
        }
    }

    @Override
    public void write(int value) throws IOException {
        reserve(1);
        frame[end++] = (byte) value;
    }

    @Override
    public void write(byte[] source, int start, int length) throws IOException {
        Objects.checkFromIndexSize(start, length, source.length);
        for (var done = 0; done < length; ) {
            var step = reserve(length - done);
            System.arraycopy(source, start + done, frame, end, step);
            end += step;
            done += step;
        }
    }

    private int reserve(int wanted) throws IOException {
        if (wanted > limitBytes - size) {
            throw new SizeLimitExceededException(size + wanted, limitBytes);
        }
        if (end == FrameDecoder.PREFERRED_FRAME_BYTES) {
            sendPart();
        } else if (end + wanted > frame.length) {
            var length = Math.max(end + wanted, 2 * frame.length);
            frame = Arrays.copyOf(
                    frame,
                    length < 0
                            ? FrameDecoder.PREFERRED_FRAME_BYTES
                            : Math.min(length, FrameDecoder.PREFERRED_FRAME_BYTES));
        }
        var room = Math.min(wanted, frame.length - end);
        size += room;
        return room;
    }

    private void sendPart() throws IOException {
        append(PART_FRAME, FrameKind.PART);
        partsSent = true;
        end = CONTENT;
        outbox.flush();
    }

    /// Begins anew, and has the parent forget what it has got.
    private void restart(long limit) throws IOException {
        end = CONTENT;
        size = 0;
        limitBytes = limit;
        if (partsSent) {
            append(PART_FRAME, FrameKind.DISCARD);
            partsSent = false;
        }
    }

    private void append(int start, FrameKind kind) throws IOException {
        ByteBuffer.wrap(frame).putInt(start, end - start - Integer.BYTES).put(start + Integer.BYTES, kind.number());
        try {
            outbox.append(frame, start, end - start);
        } catch (IOException failure) {
            connectionFailure = failure;
            throw failure;
        }
    }

    private PayloadTooLargeException tooLarge(SizeLimitExceededException cause, String what) {
        return new PayloadTooLargeException(
                what + ": at least " + cause.sizeBytes() + " bytes where " + cause.limitBytes()
                        + " are allowed. Raise Builder.maxResult, or return less, for example the path of a file",
                cause.sizeBytes(),
                cause.limitBytes());
    }
}
