package dev.caisson.testkit.simulation;

import dev.caisson.engine.Boards;

/// Passes everything on: the base of a planted defect, which changes one thing.
class ForwardingBoards implements Boards {

    private final Boards boards;

    ForwardingBoards(Boards boards) {
        this.boards = boards;
    }

    @Override
    public int takeBack(int slot, int generation, long task) {
        return boards.takeBack(slot, generation, task);
    }

    @Override
    public int runningItem(int slot, int generation, long task) {
        return boards.runningItem(slot, generation, task);
    }

    @Override
    public long runningSince(int slot, int generation, long task) {
        return boards.runningSince(slot, generation, task);
    }

    @Override
    public boolean condemn(int slot, int generation, long task, int item) {
        return boards.condemn(slot, generation, task, item);
    }
}
