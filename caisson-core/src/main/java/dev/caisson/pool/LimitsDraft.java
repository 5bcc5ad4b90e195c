package dev.caisson.pool;

import dev.caisson.settings.PoolSettings;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a builder was told about time limits and restarts, unchecked. Not thread-safe.
final class LimitsDraft {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration RESTART_WINDOW = Duration.ofSeconds(30);

    @Nullable Duration time;

    @Nullable Duration softTime;

    @Nullable Duration queueTime;

    Duration start = START;
    Duration killGrace = Duration.ofSeconds(1);
    Duration silence = SILENCE;

    @Nullable Duration firstTaskAllowance;

    int restartDeaths = 5;
    Duration restartWindow = RESTART_WINDOW;

    PoolSettings.Limits checked(Complaints wrong) {
        wrong.unless(!killGrace.isNegative(), "killGrace is " + killGrace + ", but can't be negative");
        wrong.unless(
                firstTaskAllowance == null || !firstTaskAllowance.isNegative(),
                "firstTaskAllowance is " + firstTaskAllowance + ", but must be zero (none) or longer");
        wrong.unless(restartDeaths >= 0, "restartLimit is " + restartDeaths + " deaths, but can't be negative");
        if (time != null && softTime != null) {
            wrong.unless(
                    softTime.compareTo(time) < 0,
                    "softTimeLimit (" + softTime + ") must be shorter than timeLimit (" + time + ")");
        }
        return new PoolSettings.Limits(
                wrong.positive("timeLimit", time),
                wrong.positive("softTimeLimit", softTime),
                wrong.positive("queueTimeLimit", queueTime),
                wrong.positive("startTimeLimit", start).orElse(START),
                killGrace,
                wrong.positive("silenceLimit", silence).orElse(SILENCE),
                Optional.ofNullable(firstTaskAllowance),
                restartDeaths,
                wrong.positive("restartLimit's window", restartWindow).orElse(RESTART_WINDOW));
    }
}
