package dev.caisson.testkit.simulation;

import dev.caisson.engine.Boards;
import dev.caisson.engine.Effects;
import dev.caisson.engine.ItemResult;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// An engine that reads the boards wrongly.
record BoardsDefect(UnaryOperator<Boards> change) implements Joint {

    @Override
    public Boards boards(Boards world) {
        return change.apply(world);
    }

    static Joint takesBackWhatBegan() {
        return new BoardsDefect(world -> new ForwardingBoards(world) {
            @Override
            public int takeBack(int slot, int generation, long task) {
                int running = super.runningItem(slot, generation, task);
                int first = super.takeBack(slot, generation, task);
                return running == NONE ? first : running;
            }
        });
    }

    static Joint blamesTheRestOfAChunk() {
        return new BoardsDefect(world -> new ForwardingBoards(world) {
            @Override
            public int takeBack(int slot, int generation, long task) {
                int running = super.runningItem(slot, generation, task);
                int first = super.takeBack(slot, generation, task);
                return running == NONE ? first : Integer.MAX_VALUE;
            }
        });
    }

    static Joint takesBackNothing() {
        return new BoardsDefect(world -> new ForwardingBoards(world) {
            @Override
            public int takeBack(int slot, int generation, long task) {
                return Integer.MAX_VALUE;
            }
        });
    }

    static Joint condemnsNobody() {
        return new BoardsDefect(world -> new ForwardingBoards(world) {
            @Override
            public boolean condemn(int slot, int generation, long task, int item) {
                return false;
            }
        });
    }

    /// The engine takes no time before the send for true, so this is the time of the send.
    static Joint limitFromTheSend() {
        return new BoardsDefect(world -> new ForwardingBoards(world) {
            @Override
            public long runningSince(int slot, int generation, long task) {
                return super.runningSince(slot, generation, task) - Scenario.SECOND;
            }
        });
    }

    /// The neighbour's work is taken from its head, not from its end.
    static Joint stealsTheHead() {
        return new Joint() {
            private final Map<Integer, Long> head = new HashMap<>();

            @Override
            public Effects effects(Effects world) {
                return new ForwardingEffects(world) {
                    @Override
                    public void sendTask(int slot, int generation, long task, int firstItem, int endItem, int attempt) {
                        head.putIfAbsent(slot, task);
                        super.sendTask(slot, generation, task, firstItem, endItem, attempt);
                    }
                };
            }

            @Override
            public PoolEvents events(PoolEvents engine) {
                return new ForwardingEvents(engine) {
                    @Override
                    public void itemFinished(
                            long now, int slot, int generation, long task, int item, ItemResult result, long runNanos) {
                        head.remove(slot, task);
                        super.itemFinished(now, slot, generation, task, item, result, runNanos);
                    }

                    @Override
                    public void workerExited(long now, int slot, int generation) {
                        head.remove(slot);
                        super.workerExited(now, slot, generation);
                    }
                };
            }

            @Override
            public Boards boards(Boards world) {
                return new ForwardingBoards(world) {
                    @Override
                    public int takeBack(int slot, int generation, long task) {
                        return super.takeBack(slot, generation, head.getOrDefault(slot, task));
                    }
                };
            }
        };
    }
}
