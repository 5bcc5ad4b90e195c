package dev.caisson.testkit.simulation;

import dev.caisson.engine.RetryTerms;
import dev.caisson.engine.TaskTerms;
import java.util.function.UnaryOperator;

/// An engine that goes by other terms than a task was submitted with.
record TermsDefect(UnaryOperator<TaskTerms> change) implements Joint {

    @Override
    public PoolEvents events(PoolEvents engine) {
        return new ForwardingEvents(engine) {
            @Override
            public long taskSubmitted(long now, int items, int bytes, TaskTerms terms) {
                return super.taskSubmitted(now, items, bytes, change.apply(terms));
            }
        };
    }

    static Joint priorityIgnored() {
        return new TermsDefect(t -> new TaskTerms(
                0, t.queueLimitNanos(), t.softLimitNanos(), t.hardLimitNanos(), t.totalLimitNanos(), t.retry()));
    }

    /// As if it were reckoned in fewer bits than it has.
    static Joint priorityCutShort() {
        return new TermsDefect(t -> new TaskTerms(
                (short) t.priority(),
                t.queueLimitNanos(),
                t.softLimitNanos(),
                t.hardLimitNanos(),
                t.totalLimitNanos(),
                t.retry()));
    }

    static Joint queueLimitForgotten() {
        return new TermsDefect(t ->
                new TaskTerms(t.priority(), 0, t.softLimitNanos(), t.hardLimitNanos(), t.totalLimitNanos(), t.retry()));
    }

    static Joint softLimitForgotten() {
        return new TermsDefect(t -> new TaskTerms(
                t.priority(), t.queueLimitNanos(), 0, t.hardLimitNanos(), t.totalLimitNanos(), t.retry()));
    }

    static Joint hardLimitForgotten() {
        return new TermsDefect(t -> new TaskTerms(
                t.priority(), t.queueLimitNanos(), t.softLimitNanos(), 0, t.totalLimitNanos(), t.retry()));
    }

    static Joint totalLimitForgotten() {
        return new TermsDefect(t ->
                new TaskTerms(t.priority(), t.queueLimitNanos(), t.softLimitNanos(), t.hardLimitNanos(), 0, t.retry()));
    }

    static Joint retriesWithoutConsent() {
        return retrying(r -> new RetryTerms(
                r.times() + 1, r.afterDeath(), r.afterTimeOut(), r.firstWaitNanos(), r.longestWaitNanos()));
    }

    static Joint retryForgotten() {
        return retrying(
                r -> new RetryTerms(0, r.afterDeath(), r.afterTimeOut(), r.firstWaitNanos(), r.longestWaitNanos()));
    }

    static Joint retriesAnything() {
        return retrying(r -> new RetryTerms(r.times(), true, true, r.firstWaitNanos(), r.longestWaitNanos()));
    }

    static Joint retriesAtOnce() {
        return retrying(r -> new RetryTerms(r.times(), r.afterDeath(), r.afterTimeOut(), 0, 0));
    }

    static Joint restsForTooLong() {
        return retrying(r -> new RetryTerms(
                r.times(), r.afterDeath(), r.afterTimeOut(), 2 * r.firstWaitNanos(), 2 * r.longestWaitNanos()));
    }

    static Joint neverDoublesTheWait() {
        return retrying(r ->
                new RetryTerms(r.times(), r.afterDeath(), r.afterTimeOut(), r.firstWaitNanos(), r.firstWaitNanos()));
    }

    private static Joint retrying(UnaryOperator<RetryTerms> change) {
        return new TermsDefect(t -> new TaskTerms(
                t.priority(),
                t.queueLimitNanos(),
                t.softLimitNanos(),
                t.hardLimitNanos(),
                t.totalLimitNanos(),
                change.apply(t.retry())));
    }
}
