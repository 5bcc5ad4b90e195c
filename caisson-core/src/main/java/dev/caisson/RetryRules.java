package dev.caisson;

import java.time.Duration;
import java.util.Set;

/// When a task is run again: see [TaskOptions].
///
/// A method named like a component, with a parameter, gives a copy with another value.
///
/// @param backoff before the first retry; zero for no wait
record RetryRules(int times, Set<RetryCause> causes, Set<Class<? extends Throwable>> failures, Duration backoff) {

    static final RetryRules NONE = new RetryRules(0, Set.of(RetryCause.CRASH), Set.of(), Duration.ZERO);

    RetryRules times(int value) {
        return new RetryRules(value, causes, failures, backoff);
    }

    RetryRules causes(Set<RetryCause> value) {
        return new RetryRules(times, value, failures, backoff);
    }

    RetryRules failures(Set<Class<? extends Throwable>> value) {
        return new RetryRules(times, causes, value, backoff);
    }

    RetryRules backoff(Duration value) {
        return new RetryRules(times, causes, failures, value);
    }
}
