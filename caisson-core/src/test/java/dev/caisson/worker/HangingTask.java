package dev.caisson.worker;

import java.util.concurrent.CountDownLatch;

/// A task that ends only when it is interrupted, or with its worker.
final class HangingTask {

    private HangingTask() {}

    static void blockForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException interrupt) {
            throw new IllegalStateException(interrupt);
        }
    }
}
