package dev.caisson.engine;

/// Counts items by their ending.
final class Ledger {

    private long submitted;
    private long succeeded;
    private long failed;
    private long cancelled;
    private long timedOut;
    private long crashed;
    private long rejected;

    void submitted(int items) {
        submitted += items;
    }

    void ended(Ending ending) {
        switch (ending) {
            case SUCCEEDED -> succeeded++;
            case FAILED -> failed++;
            case CANCELLED -> cancelled++;
            case QUEUE_TIME_OUT, SOFT_TIME_OUT, HARD_TIME_OUT, TOTAL_TIME_OUT -> timedOut++;
            case WORKER_DIED -> crashed++;
            case POOL_BROKEN -> rejected++;
        }
    }

    Counts counts() {
        return new Counts(submitted, succeeded, failed, cancelled, timedOut, crashed, rejected);
    }
}
