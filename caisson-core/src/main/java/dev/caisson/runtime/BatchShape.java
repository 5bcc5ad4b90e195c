package dev.caisson.runtime;

import dev.caisson.TaskOptions;
import java.util.OptionalInt;
import java.util.function.IntSupplier;

/// How a batch is cut up and how far it reads ahead.
///
/// @param chunkSize items a worker gets at once
/// @param look items read beyond what the consumer took; empty for as many as keep the workers busy
/// @param options of each item
record BatchShape(int chunkSize, OptionalInt look, TaskOptions options) {

    static final BatchShape DEFAULT = new BatchShape(1, OptionalInt.empty(), TaskOptions.DEFAULT);

    private static final int LEAST_AHEAD = 64;
    private static final int CHUNKS_PER_WORKER = 4;

    BatchShape withChunkSize(int size) {
        return new BatchShape(positive("chunkSize", size), look, options);
    }

    BatchShape withAhead(int items) {
        return new BatchShape(chunkSize, OptionalInt.of(positive("ahead", items)), options);
    }

    BatchShape withOptions(TaskOptions each) {
        return new BatchShape(chunkSize, look, each);
    }

    int ahead(IntSupplier workers) {
        return look.orElseGet(() -> (int) Math.min(
                Integer.MAX_VALUE, Math.max(LEAST_AHEAD, (long) CHUNKS_PER_WORKER * workers.getAsInt() * chunkSize)));
    }

    private static int positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be 1 or more");
        }
        return value;
    }
}
