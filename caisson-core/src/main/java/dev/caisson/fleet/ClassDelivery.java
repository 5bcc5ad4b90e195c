package dev.caisson.fleet;

import dev.caisson.codec.ClassShipment;
import dev.caisson.protocol.ClassRefusal;
import dev.caisson.protocol.ClassWanted;
import dev.caisson.protocol.ProtocolLimits;
import dev.caisson.transport.WorkerChannel;
import java.io.IOException;
import java.io.InputStream;

/// Brings one class or resource to a worker that lacks it. A thread of its own runs it: it calls class loaders, and
/// waits for the worker to read.
///
/// @param channel of the worker
/// @param wanted what it asked for
record ClassDelivery(WorkerChannel channel, ClassWanted wanted) implements Runnable {

    private static final System.Logger LOG = System.getLogger(ClassDelivery.class.getName());

    @Override
    public void run() {
        try {
            switch (ClassShipment.of(wanted)) {
                case ClassShipment.Found(var definer, var bytes) -> send(definer, bytes);
                case ClassShipment.Refused(var reason, var text) ->
                    channel.classMissing(wanted.request(), reason, text);
            }
        } catch (IOException gone) {
            LOG.log(System.Logger.Level.DEBUG, "A worker left before it had " + wanted.name(), gone);
        }
    }

    private void send(long definer, InputStream bytes) throws IOException {
        var piece = new byte[ProtocolLimits.CLASS_PART_BYTES];
        try (bytes) {
            while (true) {
                int length;
                try {
                    length = bytes.readNBytes(piece, 0, piece.length);
                } catch (IOException | RuntimeException unreadable) {
                    channel.classMissing(
                            wanted.request(),
                            ClassRefusal.NO_BYTES,
                            "Reading it in the pool's own process threw " + unreadable);
                    return;
                }
                if (length == 0) {
                    break;
                }
                channel.classPart(wanted.request(), piece, length);
            }
        }
        channel.classEnd(wanted.request(), definer);
    }
}
