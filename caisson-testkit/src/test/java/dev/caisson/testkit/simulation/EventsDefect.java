package dev.caisson.testkit.simulation;

import dev.caisson.engine.Counts;
import dev.caisson.engine.Effects;
import dev.caisson.engine.Ending;
import dev.caisson.engine.ItemResult;
import dev.caisson.engine.TaskTerms;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// An engine that hears something else than it is told.
record EventsDefect(UnaryOperator<PoolEvents> change) implements Joint {

    @Override
    public PoolEvents events(PoolEvents engine) {
        return change.apply(engine);
    }

    static Joint launchFailureForgotten() {
        return new EventsDefect(engine -> new ForwardingEvents(engine) {
            @Override
            public void launchFailed(long now, int slot, int generation) {}
        });
    }

    static Joint failureNeverRetried() {
        return new EventsDefect(engine -> new ForwardingEvents(engine) {
            @Override
            public void itemFinished(
                    long now, int slot, int generation, long task, int item, ItemResult result, long runNanos) {
                var heard = result == ItemResult.FAILED_RETRYABLY ? ItemResult.FAILED : result;
                super.itemFinished(now, slot, generation, task, item, heard, runNanos);
            }
        });
    }

    static Joint memoryNotJudged() {
        return new EventsDefect(engine -> new ForwardingEvents(engine) {
            @Override
            public void workerOverMemory(long now, int slot, int generation) {}
        });
    }

    static Joint cancelForgotten() {
        return new EventsDefect(engine -> new ForwardingEvents(engine) {
            @Override
            public boolean cancelRequested(long now, long task, boolean interrupt) {
                return true;
            }
        });
    }

    static Joint creditsExceeded() {
        return new EventsDefect(engine -> new ForwardingEvents(engine) {
            @Override
            public void itemFinished(
                    long now, int slot, int generation, long task, int item, ItemResult result, long runNanos) {
                super.itemFinished(now, slot, generation, task, item, result, 1);
            }
        });
    }

    /// Each task counts as a long one, so nothing is sent ahead.
    static Joint creditsUnused() {
        return new EventsDefect(engine -> new ForwardingEvents(engine) {
            @Override
            public void itemFinished(
                    long now, int slot, int generation, long task, int item, ItemResult result, long runNanos) {
                super.itemFinished(now, slot, generation, task, item, result, runNanos + Scenario.SECOND);
            }
        });
    }

    static Joint payloadCountedTwice() {
        return new EventsDefect(engine -> new ForwardingEvents(engine) {
            @Override
            public long taskSubmitted(long now, int items, int bytes, TaskTerms terms) {
                return super.taskSubmitted(now, items, 2 * bytes, terms);
            }
        });
    }

    static Joint secondCloseIgnored() {
        return new EventsDefect(engine -> new ForwardingEvents(engine) {
            private boolean closed;

            @Override
            public void closeRequested(long now, long limitNanos) {
                if (!closed) {
                    closed = true;
                    super.closeRequested(now, limitNanos);
                }
            }
        });
    }

    static Joint failureTakenForSuccess() {
        return new EventsDefect(engine -> new ForwardingEvents(engine) {
            @Override
            public void itemFinished(
                    long now, int slot, int generation, long task, int item, ItemResult result, long runNanos) {
                super.itemFinished(now, slot, generation, task, item, ItemResult.SUCCEEDED, runNanos);
            }
        });
    }

    static Joint deadlineInThePast() {
        return new EventsDefect(engine -> new ForwardingEvents(engine) {
            private long last;
            private boolean died;

            @Override
            public void launchFailed(long now, int slot, int generation) {
                died = true;
                super.launchFailed(now, slot, generation);
            }

            @Override
            public void timeReached(long now) {
                last = now;
                super.timeReached(now);
            }

            @Override
            public long nextDeadline() {
                long next = super.nextDeadline();
                return died && last != 0 && next != Long.MAX_VALUE ? last : next;
            }
        });
    }

    static Joint cancelCountedTwice() {
        return new EventsDefect(engine -> new ForwardingEvents(engine) {
            @Override
            public Counts counts() {
                var c = super.counts();
                return new Counts(
                        c.submitted(),
                        c.succeeded(),
                        c.failed(),
                        2 * c.cancelled(),
                        c.timedOut(),
                        c.crashed(),
                        c.rejected());
            }
        });
    }

    /// Each deadline is dealt with as if it were on time, however late it is.
    static Joint absenceNotForgiven() {
        return new EventsDefect(engine -> new ForwardingEvents(engine) {
            @Override
            public void timeReached(long now) {
                long due = nextDeadline();
                while (due != Long.MAX_VALUE && due - now < 0) {
                    super.timeReached(due);
                    due = nextDeadline();
                }
                super.timeReached(now);
            }
        });
    }

    /// A worker is buried when its kill is asked for, not when it is gone.
    static Joint buriedAlive() {
        return new EventsDefect(engine -> new ForwardingEvents(engine) {
            @Override
            public boolean workerEndRequested(long now, int slot, int generation) {
                boolean answer = super.workerEndRequested(now, slot, generation);
                super.workerExited(now, slot, generation);
                return answer;
            }
        });
    }

    static Joint deadGenerationHeard() {
        return new Joint() {
            private final Map<Integer, Integer> generations = new HashMap<>();

            @Override
            public Effects effects(Effects world) {
                return new ForwardingEffects(world) {
                    @Override
                    public void launchWorker(int slot, int generation) {
                        generations.put(slot, generation);
                        super.launchWorker(slot, generation);
                    }
                };
            }

            @Override
            public PoolEvents events(PoolEvents engine) {
                return new ForwardingEvents(engine) {
                    @Override
                    public void itemFinished(
                            long now, int slot, int generation, long task, int item, ItemResult result, long run) {
                        super.itemFinished(
                                now, slot, generations.getOrDefault(slot, generation), task, item, result, run);
                    }
                };
            }
        };
    }

    static Joint lateResultEndsAgain() {
        return new Joint() {
            private final Set<String> cancelled = new HashSet<>();
            private @Nullable Effects world;

            @Override
            public Effects effects(Effects effects) {
                world = effects;
                return new ForwardingEffects(effects) {
                    @Override
                    public void finishItem(long task, int item, Ending ending, int attempt) {
                        if (ending == Ending.CANCELLED) {
                            cancelled.add(task + "/" + item);
                        }
                        super.finishItem(task, item, ending, attempt);
                    }
                };
            }

            @Override
            public PoolEvents events(PoolEvents engine) {
                return new ForwardingEvents(engine) {
                    @Override
                    public void itemFinished(
                            long now, int slot, int generation, long task, int item, ItemResult result, long run) {
                        super.itemFinished(now, slot, generation, task, item, result, run);
                        if (world != null && cancelled.contains(task + "/" + item)) {
                            world.finishItem(task, item, Ending.SUCCEEDED, 1);
                        }
                    }
                };
            }
        };
    }
}
