package dev.caisson.testkit.simulation;

import dev.caisson.engine.Effects;
import dev.caisson.engine.Ending;
import dev.caisson.engine.KillReason;

/// Passes everything on: the base of a planted defect, which changes one thing.
class ForwardingEffects implements Effects {

    private final Effects effects;

    ForwardingEffects(Effects effects) {
        this.effects = effects;
    }

    @Override
    public void launchWorker(int slot, int generation) {
        effects.launchWorker(slot, generation);
    }

    @Override
    public void sendTask(int slot, int generation, long task, int firstItem, int endItem, int attempt) {
        effects.sendTask(slot, generation, task, firstItem, endItem, attempt);
    }

    @Override
    public void interruptTask(int slot, int generation, long task, int item, int attempt) {
        effects.interruptTask(slot, generation, task, item, attempt);
    }

    @Override
    public void extendLimit(int slot, int generation, long task, int item, int attempt, long allowanceNanos) {
        effects.extendLimit(slot, generation, task, item, attempt, allowanceNanos);
    }

    @Override
    public void dumpStacks(int slot, int generation, long task, int item, Ending sentence) {
        effects.dumpStacks(slot, generation, task, item, sentence);
    }

    @Override
    public void pingWorker(int slot, int generation) {
        effects.pingWorker(slot, generation);
    }

    @Override
    public void stopWorker(int slot, int generation) {
        effects.stopWorker(slot, generation);
    }

    @Override
    public void killWorker(int slot, int generation, KillReason reason) {
        effects.killWorker(slot, generation, reason);
    }

    @Override
    public void splitTask(long task, long rest, int firstItem, int endItem) {
        effects.splitTask(task, rest, firstItem, endItem);
    }

    @Override
    public void retryItem(long task, int item, Ending instead, int attempt) {
        effects.retryItem(task, item, instead, attempt);
    }

    @Override
    public void finishItem(long task, int item, Ending ending, int attempt) {
        effects.finishItem(task, item, ending, attempt);
    }

    @Override
    public void roomInQueue() {
        effects.roomInQueue();
    }

    @Override
    public void poolBroken() {
        effects.poolBroken();
    }

    @Override
    public void poolTerminated() {
        effects.poolTerminated();
    }
}
