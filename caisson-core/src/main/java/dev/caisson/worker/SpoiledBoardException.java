package dev.caisson.worker;

/// Something has written over the memory that this worker shares with its pool: it can't go on.
final class SpoiledBoardException extends RuntimeException {

    private static final long serialVersionUID = 1;

    SpoiledBoardException(long word) {
        super("This worker's board was overwritten: " + Long.toHexString(word), null, false, false);
    }
}
