package dev.caisson.testkit.simulation;

import dev.caisson.engine.EngineSettings;
import java.util.function.UnaryOperator;

/// An engine that goes by other settings than it was given.
record SettingsDefect(UnaryOperator<EngineSettings> change) implements Joint {

    @Override
    public EngineSettings settings(EngineSettings settings) {
        return change.apply(settings);
    }

    static Joint oneWorkerTooMany() {
        return new SettingsDefect(s -> with(
                s,
                s.workers() + 1,
                s.startLimitNanos(),
                s.silenceLimitNanos(),
                s.maxTasksPerWorker(),
                s.restartWindowNanos()));
    }

    static Joint startNeverJudged() {
        return new SettingsDefect(s -> with(
                s, s.workers(), Long.MAX_VALUE, s.silenceLimitNanos(), s.maxTasksPerWorker(), s.restartWindowNanos()));
    }

    static Joint silenceNeverJudged() {
        return new SettingsDefect(
                s -> with(s, s.workers(), s.startLimitNanos(), 0, s.maxTasksPerWorker(), s.restartWindowNanos()));
    }

    static Joint recyclesTooLate() {
        return new SettingsDefect(s -> with(
                s,
                s.workers(),
                s.startLimitNanos(),
                s.silenceLimitNanos(),
                s.maxTasksPerWorker() == 0 ? 0 : s.maxTasksPerWorker() + 1,
                s.restartWindowNanos()));
    }

    /// Deaths are forgotten at once.
    static Joint neverBacksOff() {
        return new SettingsDefect(
                s -> with(s, s.workers(), s.startLimitNanos(), s.silenceLimitNanos(), s.maxTasksPerWorker(), 1));
    }

    private static EngineSettings with(
            EngineSettings settings,
            int workers,
            long startLimitNanos,
            long silenceLimitNanos,
            int maxTasksPerWorker,
            long restartWindowNanos) {
        return new EngineSettings(
                workers,
                settings.minWorkers(),
                settings.queueCapacity(),
                startLimitNanos,
                settings.killGraceNanos(),
                silenceLimitNanos,
                settings.idleLimitNanos(),
                maxTasksPerWorker,
                settings.maxWorkerAgeNanos(),
                settings.restartDeaths(),
                restartWindowNanos,
                settings.lazyStart());
    }
}
