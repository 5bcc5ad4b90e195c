package dev.caisson.protocol;

import java.util.AbstractList;
import java.util.List;

/// The parts of the message with a chunk: its function, then those of its items that are sent. A view, nothing is
/// copied.
final class ChunkParts extends AbstractList<Encoded> {

    private final Encoded function;
    private final List<Encoded> items;
    private final int firstItem;
    private final int endItem;

    ChunkParts(Encoded function, List<Encoded> items, int firstItem, int endItem) {
        this.function = function;
        this.items = items;
        this.firstItem = firstItem;
        this.endItem = endItem;
    }

    @Override
    public Encoded get(int index) {
        return index == 0 ? function : items.get(firstItem + index - 1);
    }

    @Override
    public int size() {
        return 1 + endItem - firstItem;
    }
}
