package dev.caisson.testkit.simulation;

import dev.caisson.engine.Effects;
import dev.caisson.engine.Ending;
import java.util.function.UnaryOperator;

/// An engine that asks for something else than it should.
record EffectsDefect(UnaryOperator<Effects> change) implements Joint {

    @Override
    public Effects effects(Effects world) {
        return change.apply(world);
    }

    static Joint taskSentTwice() {
        return new EffectsDefect(world -> new ForwardingEffects(world) {
            @Override
            public void sendTask(int slot, int generation, long task, int firstItem, int endItem, int attempt) {
                super.sendTask(slot, generation, task, firstItem, endItem, attempt);
                if (task % 7 == 0) {
                    super.sendTask(slot, generation, task, firstItem, endItem, attempt);
                }
            }
        });
    }

    static Joint closeForgetsATask() {
        return new EffectsDefect(world -> new ForwardingEffects(world) {
            @Override
            public void finishItem(long task, int item, Ending ending, int attempt) {
                if (ending != Ending.CANCELLED || task % 3 != 0) {
                    super.finishItem(task, item, ending, attempt);
                }
            }
        });
    }

    static Joint retriesWhatIsCancelled() {
        return new EffectsDefect(world -> new ForwardingEffects(world) {
            @Override
            public void finishItem(long task, int item, Ending ending, int attempt) {
                super.finishItem(task, item, ending, attempt);
                if (ending == Ending.CANCELLED && attempt > 0) {
                    super.retryItem(task, item, Ending.WORKER_DIED, attempt);
                }
            }
        });
    }

    static Joint restOfChunkLost() {
        return new EffectsDefect(world -> new ForwardingEffects(world) {
            private long lost = -1;

            @Override
            public void splitTask(long task, long rest, int firstItem, int endItem) {
                lost = rest;
            }

            @Override
            public void sendTask(int slot, int generation, long task, int firstItem, int endItem, int attempt) {
                if (task != lost) {
                    super.sendTask(slot, generation, task, firstItem, endItem, attempt);
                }
            }
        });
    }

    static Joint blamesTheWrongItem() {
        return new EffectsDefect(world -> new ForwardingEffects(world) {
            private long last = 1;

            @Override
            public void sendTask(int slot, int generation, long task, int firstItem, int endItem, int attempt) {
                last = task;
                super.sendTask(slot, generation, task, firstItem, endItem, attempt);
            }

            @Override
            public void finishItem(long task, int item, Ending ending, int attempt) {
                boolean wrong = ending == Ending.WORKER_DIED && last != task;
                super.finishItem(wrong ? last : task, wrong ? 0 : item, ending, attempt);
            }
        });
    }

    static Joint roomNeverTold() {
        return new EffectsDefect(world -> new ForwardingEffects(world) {
            @Override
            public void roomInQueue() {}
        });
    }

    static Joint poolNeverEnds() {
        return new EffectsDefect(world -> new ForwardingEffects(world) {
            @Override
            public void poolTerminated() {}
        });
    }

    static Joint interruptsTwice() {
        return new EffectsDefect(world -> new ForwardingEffects(world) {
            @Override
            public void interruptTask(int slot, int generation, long task, int item, int attempt) {
                super.interruptTask(slot, generation, task, item, attempt);
                super.interruptTask(slot, generation, task, item, attempt);
            }
        });
    }
}
