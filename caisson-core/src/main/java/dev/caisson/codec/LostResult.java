package dev.caisson.codec;

import dev.caisson.ByteSize;
import dev.caisson.PayloadTooLargeException;
import dev.caisson.protocol.Encoded;
import java.io.IOException;

/// The failure of a task whose result came, but found no room in the pool's own process.
public final class LostResult {

    private LostResult() {}

    /// The failure, as a worker would have sent it.
    ///
    /// @param sizeBytes how much came
    /// @param maxResult how much may come
    /// @param heapMegabytes how large this process's heap may grow
    public static Encoded failure(long sizeBytes, ByteSize maxResult, long heapMegabytes) {
        var error = new PayloadTooLargeException(
                "The task has ended, but this process had no room in its heap of " + heapMegabytes + " MB for the "
                        + sizeBytes
                        + " bytes that came of it. Hold fewer results at a time, raise -Xmx of this process,"
                        + " lower maxResult (" + maxResult + "), or return less, for example the path of a file",
                sizeBytes,
                maxResult.bytes());
        error.setStackTrace(new StackTraceElement[0]);
        var out = Encoded.builder();
        try {
            Failures.write(error, new JdkCodec(), out);
        } catch (IOException impossible) {
            throw new IllegalStateException("A buffer in memory failed", impossible);
        }
        return out.build();
    }
}
