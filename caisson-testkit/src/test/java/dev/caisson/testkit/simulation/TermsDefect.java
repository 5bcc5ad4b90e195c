package dev.caisson.testkit.simulation;

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
        return new TermsDefect(
                t -> new TaskTerms(0, t.queueLimitNanos(), t.softLimitNanos(), t.hardLimitNanos(), t.retries()));
    }

    static Joint queueLimitForgotten() {
        return new TermsDefect(
                t -> new TaskTerms(t.priority(), 0, t.softLimitNanos(), t.hardLimitNanos(), t.retries()));
    }

    static Joint softLimitForgotten() {
        return new TermsDefect(
                t -> new TaskTerms(t.priority(), t.queueLimitNanos(), 0, t.hardLimitNanos(), t.retries()));
    }

    static Joint hardLimitForgotten() {
        return new TermsDefect(
                t -> new TaskTerms(t.priority(), t.queueLimitNanos(), t.softLimitNanos(), 0, t.retries()));
    }

    static Joint retriesWithoutConsent() {
        return new TermsDefect(t -> new TaskTerms(
                t.priority(), t.queueLimitNanos(), t.softLimitNanos(), t.hardLimitNanos(), t.retries() + 1));
    }

    static Joint retryForgotten() {
        return new TermsDefect(
                t -> new TaskTerms(t.priority(), t.queueLimitNanos(), t.softLimitNanos(), t.hardLimitNanos(), 0));
    }
}
