package dev.caisson.transport;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/// Lets only processes of this user connect. The folder's permissions see to that already; this is for those who change
/// them.
final class PeerCheck {

    private final @Nullable UserPrincipal owner;

    private PeerCheck(@Nullable UserPrincipal owner) {
        this.owner = owner;
    }

    /// A check for processes of the user who owns a file.
    static PeerCheck ownerOf(Path file) throws IOException {
        try {
            return new PeerCheck(Files.getOwner(file));
        } catch (UnsupportedOperationException noOwners) {
            return new PeerCheck(null);
        }
    }

    /// Whether the other end may stay.
    boolean accepts(SocketChannel peer) throws IOException {
        if (owner == null || !peer.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
            return true;
        }
        return peer.getOption(ExtendedSocketOptions.SO_PEERCRED).user().equals(owner);
    }
}
