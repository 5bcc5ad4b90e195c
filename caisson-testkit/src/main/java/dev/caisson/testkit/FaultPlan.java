package dev.caisson.testkit;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// All that is to go otherwise than well in a simulated pool.
///
/// @param byLabel for tasks of that label
/// @param byOrdinal for the first task, the second, …
/// @param others for tasks without a script of their own
/// @param startTime how long each worker takes to get ready
/// @param failingStarts how many starts fail before the first that doesn't
record FaultPlan(
        Map<String, TaskScript> byLabel,
        Map<Long, TaskScript> byOrdinal,
        TaskScript others,
        Duration startTime,
        int failingStarts) {

    static final FaultPlan NONE = new FaultPlan(Map.of(), Map.of(), TaskScript.DEFAULT, Duration.ofMillis(50), 0);

    FaultPlan {
        byLabel = Map.copyOf(byLabel);
        byOrdinal = Map.copyOf(byOrdinal);
    }

    FaultPlan with(String label, TaskScript script) {
        return new FaultPlan(plus(byLabel, label, script), byOrdinal, others, startTime, failingStarts);
    }

    FaultPlan with(long ordinal, TaskScript script) {
        return new FaultPlan(byLabel, plus(byOrdinal, ordinal, script), others, startTime, failingStarts);
    }

    FaultPlan withOthers(TaskScript script) {
        return new FaultPlan(byLabel, byOrdinal, script, startTime, failingStarts);
    }

    FaultPlan withStartTime(Duration time) {
        return new FaultPlan(byLabel, byOrdinal, others, time, failingStarts);
    }

    FaultPlan withFailingStarts(int count) {
        return new FaultPlan(byLabel, byOrdinal, others, startTime, count);
    }

    /// What a task does in an attempt: by its label, else by its number, else as the others.
    TaskScript script(Optional<String> label, long ordinal, int attempt) {
        return label.map(byLabel::get)
                .or(() -> Optional.ofNullable(byOrdinal.get(ordinal)))
                .filter(script -> script.isFor(attempt))
                .orElse(others.isFor(attempt) ? others : TaskScript.DEFAULT);
    }

    boolean hasFreezes() {
        return isFreeze(others)
                || byLabel.values().stream().anyMatch(FaultPlan::isFreeze)
                || byOrdinal.values().stream().anyMatch(FaultPlan::isFreeze);
    }

    private static boolean isFreeze(TaskScript script) {
        return script.deed() instanceof Deed.Freeze;
    }

    private static <K> Map<K, TaskScript> plus(Map<K, TaskScript> scripts, K key, TaskScript script) {
        var more = new HashMap<>(scripts);
        more.put(key, script);
        return more;
    }
}
