package dev.caisson.testkit.simulation;

import dev.caisson.engine.EngineSettings;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// An engine that goes by other settings than it was given.
record SettingsDefect(UnaryOperator<EngineSettings> change) implements Joint {

    @Override
    public EngineSettings settings(EngineSettings settings) {
        return change.apply(settings);
    }

    static Joint oneWorkerTooMany() {
        return new SettingsDefect(s -> with(s, fields -> fields.workers++));
    }

    static Joint startNeverJudged() {
        return new SettingsDefect(s -> with(s, fields -> fields.startLimitNanos = Long.MAX_VALUE));
    }

    static Joint silenceNeverJudged() {
        return new SettingsDefect(s -> with(s, fields -> fields.silenceLimitNanos = 0));
    }

    static Joint recyclesTooLate() {
        return new SettingsDefect(
                s -> with(s, fields -> fields.maxTasksPerWorker += fields.maxTasksPerWorker == 0 ? 0 : 1));
    }

    static Joint neverAges() {
        return new SettingsDefect(s -> with(s, fields -> fields.ageingNanos = 0));
    }

    static Joint keepsNoSpares() {
        return new SettingsDefect(s -> with(s, fields -> fields.spares = 0));
    }

    /// Idle workers leave although there are too few, so nobody waits for a successor.
    static Joint leavesBeforeItsSuccessor() {
        return new SettingsDefect(s -> with(s, fields -> {
            fields.minWorkers = 0;
            fields.idleLimitNanos = 3_600 * Scenario.SECOND;
        }));
    }

    /// Deaths are forgotten at once.
    static Joint neverBacksOff() {
        return new SettingsDefect(s -> with(s, fields -> fields.restartWindowNanos = 1));
    }

    /// Cold workers are killed one after the other.
    static Joint neverAllowsForAColdStart() {
        return new SettingsDefect(s -> with(s, fields -> fields.firstItemAllowanceNanos = 0));
    }

    private static EngineSettings with(EngineSettings settings, Consumer<Fields> change) {
        var fields = new Fields(settings);
        change.accept(fields);
        return new EngineSettings(
                fields.workers,
                fields.minWorkers,
                fields.spares,
                settings.queueCapacity(),
                fields.startLimitNanos,
                settings.killGraceNanos(),
                settings.leaveLimitNanos(),
                fields.silenceLimitNanos,
                fields.idleLimitNanos,
                fields.maxTasksPerWorker,
                settings.maxWorkerAgeNanos(),
                fields.ageingNanos,
                settings.restartDeaths(),
                fields.restartWindowNanos,
                fields.firstItemAllowanceNanos,
                settings.firstItemAllowanceTimes(),
                settings.lazyStart());
    }

    /// What defects change.
    private static final class Fields {

        private int workers;
        private int minWorkers;
        private int spares;
        private long startLimitNanos;
        private long silenceLimitNanos;
        private long idleLimitNanos;
        private int maxTasksPerWorker;
        private long ageingNanos;
        private long restartWindowNanos;
        private long firstItemAllowanceNanos;

        Fields(EngineSettings settings) {
            workers = settings.workers();
            minWorkers = settings.minWorkers();
            spares = settings.spares();
            startLimitNanos = settings.startLimitNanos();
            silenceLimitNanos = settings.silenceLimitNanos();
            idleLimitNanos = settings.idleLimitNanos();
            maxTasksPerWorker = settings.maxTasksPerWorker();
            ageingNanos = settings.ageingNanos();
            restartWindowNanos = settings.restartWindowNanos();
            firstItemAllowanceNanos = settings.firstItemAllowanceNanos();
        }
    }
}
