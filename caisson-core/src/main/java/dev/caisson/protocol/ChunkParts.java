package dev.caisson.protocol;

import java.util.AbstractList;

/// The parts of the message with a chunk: its function, then those of its items that are sent. A view, nothing is
/// copied.
final class ChunkParts extends AbstractList<Encoded> {

    private final Work.Chunk chunk;
    private final int firstItem;
    private final int endItem;

    ChunkParts(Work.Chunk chunk, int firstItem, int endItem) {
        this.chunk = chunk;
        this.firstItem = firstItem;
        this.endItem = endItem;
    }

    @Override
    public Encoded get(int index) {
        return index == 0 ? chunk.function() : chunk.items().get(firstItem + index - 1);
    }

    @Override
    public int size() {
        return 1 + endItem - firstItem;
    }
}
