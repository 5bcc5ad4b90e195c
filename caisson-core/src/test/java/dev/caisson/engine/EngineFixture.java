package dev.caisson.engine;

/// Where the stories about the engine begin.
final class EngineFixture {

    static final long MILLISECOND = 1_000_000;
    static final long SECOND = 1_000_000_000;

    private EngineFixture() {}

    /// An engine whose workers are being launched.
    static Engine opened(RecordingWorld world, Settings settings) {
        var engine = new Engine(settings.build(), world, world);
        engine.opened(0);
        return engine;
    }

    /// An engine with so many ready workers, and nothing asked for yet.
    static Engine ready(RecordingWorld world, Settings settings) {
        var engine = opened(world, settings);
        for (var worker : engine.workers()) {
            engine.workerReady(0, worker.slot(), worker.generation());
        }
        world.asked();
        return engine;
    }

    static TaskTerms terms(long queueLimitNanos, long softLimitNanos, long hardLimitNanos, int retries) {
        return new TaskTerms(0, queueLimitNanos, softLimitNanos, hardLimitNanos, retries);
    }
}
