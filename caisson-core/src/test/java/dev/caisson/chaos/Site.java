package dev.caisson.chaos;

import dev.caisson.protocol.FaultPoint;

/// Where in a worker's life a deed is done.
enum Site {
    BEFORE_HELLO(FaultPoint.BEFORE_HELLO, 1),
    INITIALIZER(FaultPoint.INITIALIZING, 1),
    IDLE(FaultPoint.IDLE, 1),
    READING(FaultPoint.READING, 2),
    RUNNING(FaultPoint.RUNNING, 2),
    WRITING(FaultPoint.WRITING, 2),
    PUBLISHED(FaultPoint.PUBLISHED, 2),
    IN_A_CHUNK(Work.ITEM_TO_BLAME),
    BETWEEN_ITEMS(FaultPoint.BETWEEN_ITEMS, 3),
    RECYCLING(FaultPoint.LEAVING, 1),
    CLOSING(FaultPoint.LEAVING, 1);

    /// A fault point, or an item: then the task's own function does it.
    final String point;

    /// Which of its visits to that place it is, counted in each worker.
    final int visit;

    Site(FaultPoint point, int visit) {
        this.point = point.name();
        this.visit = visit;
    }

    Site(int item) {
        this.point = Work.pointOf(item);
        this.visit = 1;
    }

    /// Whether a task is to blame for what happens here: it has begun, and has no result yet.
    boolean isInTask() {
        return this == READING || this == RUNNING || this == WRITING || this == IN_A_CHUNK;
    }

    /// Whether the worker is not ready yet.
    boolean isBeforeReady() {
        return this == BEFORE_HELLO || this == INITIALIZER;
    }

    /// Whether the items are those of chunks.
    boolean needsChunks() {
        return this == IN_A_CHUNK || this == BETWEEN_ITEMS;
    }

    /// Whether nothing but the library's own code runs here on the task's thread.
    boolean isOurs() {
        return this == IDLE || this == PUBLISHED || this == BETWEEN_ITEMS;
    }
}
