package dev.caisson.testkit.simulation;

import dev.caisson.engine.ItemResult;

/// What a worker that is long dead still says: a late message, or one that was told twice.
final class StaleEvents {

    private final World world;
    private final PoolEvents engine;
    private final Chance chance;

    StaleEvents(World world, PoolEvents engine, Chance chance) {
        this.world = world;
        this.engine = engine;
        this.chance = chance;
    }

    void tell(SimulatedWorker dead) {
        int slot = dead.slot;
        int generation = dead.generation;
        world.tell("stale event", slot, generation, () -> {
            switch (chance.random().nextInt(6)) {
                case 0 -> engine.workerReady(world.now(), slot, generation);
                case 1 -> engine.launchImpossible(world.now(), slot, generation);
                case 2 -> engine.workerAnswered(world.now(), slot, generation);
                case 3 -> engine.stacksTaken(world.now(), slot, generation);
                case 4 -> engine.workerExited(world.now(), slot, generation);
                default -> tellResult(slot, generation);
            }
        });
    }

    /// A result of what runs now, from one who doesn't run it.
    private void tellResult(int slot, int generation) {
        for (var account : world.workers().present()) {
            for (var claim : account.held) {
                engine.itemFinished(
                        world.now(), slot, generation, claim.task.id, claim.delivered, ItemResult.SUCCEEDED, 1);
                return;
            }
        }
    }
}
