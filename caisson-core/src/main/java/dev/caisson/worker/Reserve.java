package dev.caisson.worker;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What a worker holds back for its last moments: a task may have taken all descriptors and nearly all of the heap by
/// then, and processes can't be looked for without. Used by one thread at a time.
final class Reserve {

    private static final String NOTHING = "/dev/null";
    private static final int DESCRIPTORS = 2; // a folder and a file in it
    private static final int HEAP_BYTES = 256 * 1024;

    private final List<FileInputStream> descriptors = new ArrayList<>(DESCRIPTORS);

    @SuppressWarnings("unused") // that is its use
    private byte[] heap = new byte[0];

    /// Takes it. Where that can't be had there is less.
    void fill() {
        heap = new byte[HEAP_BYTES];
        try {
            while (descriptors.size() < DESCRIPTORS) {
                descriptors.add(new FileInputStream(NOTHING));
            }
        } catch (IOException noneLeft) {
            // A system without such a file has no folder of processes either.
        }
    }

    /// Gives it to whoever asks first.
    void release() {
        heap = new byte[0];
        for (var descriptor : descriptors) {
            try {
                descriptor.close();
            } catch (IOException unclosed) {
                // Then it is not to be had.
            }
        }
    }
}
