package dev.caisson.batch;

import dev.caisson.TaskOptions;
import java.util.OptionalInt;

/// How a batch is cut up and how far it reads ahead.
///
/// @param chunkSize items a worker gets at once; empty for as many as take a few milliseconds
/// @param look items read beyond what the consumer took; empty for as many as keep the workers busy
/// @param options of each item
public record BatchShape(OptionalInt chunkSize, OptionalInt look, TaskOptions options) {

    public static final BatchShape DEFAULT =
            new BatchShape(OptionalInt.empty(), OptionalInt.empty(), TaskOptions.DEFAULT);

    static final int LEAST_AHEAD = 64;
    static final int MOST_AHEAD = 65_536;
    static final int CHUNKS_PER_WORKER = 4;

    BatchShape withChunkSize(int size) {
        return new BatchShape(OptionalInt.of(positive("chunkSize", size)), look, options);
    }

    BatchShape withAhead(int items) {
        return new BatchShape(chunkSize, OptionalInt.of(positive("ahead", items)), options);
    }

    BatchShape withOptions(TaskOptions each) {
        return new BatchShape(chunkSize, look, each);
    }

    ChunkSizing sizing() {
        return new ChunkSizing(chunkSize);
    }

    /// The look-ahead while chunks are of this size. It has room for some chunks of each worker; a size that follows
    /// the items can't make it grow without end.
    int ahead(int size, int workers) {
        if (look.isPresent()) {
            return look.getAsInt();
        }
        long most =
                chunkSize.isPresent() ? Integer.MAX_VALUE : Math.max(MOST_AHEAD, (long) CHUNKS_PER_WORKER * workers);
        return (int) Math.clamp((long) CHUNKS_PER_WORKER * workers * size, LEAST_AHEAD, most);
    }

    private static int positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be 1 or more");
        }
        return value;
    }
}
