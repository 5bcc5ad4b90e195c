package dev.caisson.testkit.simulation;

import dev.caisson.engine.ItemResult;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// A worker's process: what it really does, with its delays, its faults and its own channel to the parent.
final class SimulatedWorker {

    final int slot;
    final int generation;
    private final World world;
    private final Agenda agenda;
    private final Chance chance;

    /// Sent tasks that it has received and not begun.
    private final ArrayDeque<Claim> inbox = new ArrayDeque<>();

    /// What it has written and the parent has not read: strictly in order.
    private final ArrayDeque<Runnable> channel = new ArrayDeque<>();

    /// What reached it while it was stopped.
    private final ArrayDeque<Runnable> unread = new ArrayDeque<>();

    private @Nullable Claim current;
    private long run;
    private boolean dead;
    private boolean frozen;
    private boolean leaving;
    private boolean ignoresInterrupt;
    private long lastArrival;
    private long lastSendArrival;

    /// When it wrote that it is ready; `Long.MAX_VALUE` before.
    long readySince = Long.MAX_VALUE;

    /// Since when it has been stopped for ever; `Long.MAX_VALUE` while it isn't.
    long frozenSince = Long.MAX_VALUE;

    SimulatedWorker(int slot, int generation, World world, Agenda agenda, Chance chance) {
        this.slot = slot;
        this.generation = generation;
        this.world = world;
        this.agenda = agenda;
        this.chance = chance;
    }

    boolean isDead() {
        return dead;
    }

    boolean isWell() {
        return !dead && frozenSince == Long.MAX_VALUE;
    }

    void launch() {
        if (chance.launchFails()) {
            agenda.in(chance.startNanos(), this::die);
        } else if (!chance.neverReady()) {
            agenda.in(chance.startNanos(), this::becomeReady);
        }
    }

    private void becomeReady() {
        if (dead) {
            return;
        }
        readySince = agenda.now();
        write(() -> world.workerReady(this));
        if (chance.exitsWhileIdle()) {
            agenda.in(chance.lifeNanos(), () -> {
                if (current == null && chance.faulty()) {
                    die();
                }
            });
        }
        if (chance.freezes()) {
            agenda.in(chance.lifeNanos(), this::freeze);
        }
        if (chance.pauses()) {
            agenda.in(chance.lifeNanos(), this::pause);
        }
    }

    private void freeze() {
        if (!dead && chance.faulty()) {
            frozen = true;
            frozenSince = agenda.now();
        }
    }

    private void pause() {
        if (dead || frozen) {
            return;
        }
        frozen = true;
        agenda.in(chance.pauseNanos(), () -> {
            if (!dead && frozenSince == Long.MAX_VALUE) {
                frozen = false;
                for (var action = unread.poll(); action != null; action = unread.poll()) {
                    action.run();
                }
            }
        });
    }

    /// Runs now, or once the process runs again, or never.
    private void act(Runnable action) {
        if (frozen) {
            unread.add(action);
        } else if (!dead) {
            action.run();
        }
    }

    void receive(Claim claim) {
        long arrival = Math.max(agenda.now() + chance.messageNanos(), lastSendArrival);
        lastSendArrival = arrival;
        agenda.in(
                arrival - agenda.now(),
                () -> act(() -> {
                    inbox.add(claim);
                    proceed();
                }));
    }

    void ping() {
        agenda.in(chance.messageNanos(), () -> act(() -> write(() -> world.workerAnswered(this))));
    }

    void dumpStacks() {
        if (chance.takesStacks()) {
            agenda.in(chance.messageNanos(), () -> act(() -> write(() -> world.stacksTaken(this))));
        }
    }

    void interrupt(Claim claim, int item) {
        agenda.in(
                chance.messageNanos(),
                () -> act(() -> {
                    if (current == claim && claim.running == item && !ignoresInterrupt) {
                        endIn(chance.messageNanos(), claim, item, chance.resultWhenInterrupted());
                    }
                }));
    }

    void stop() {
        if (!chance.stopsSlowly()) {
            agenda.in(
                    chance.messageNanos(),
                    () -> act(() -> {
                        leaving = true;
                        proceed();
                    }));
        }
    }

    void kill() {
        agenda.in(chance.killNanos(), this::die);
    }

    /// The process ends. What it has written still arrives, and the end last.
    private void die() {
        if (dead) {
            return;
        }
        dead = true;
        writeIn(chance.exitNoticeNanos(), () -> world.workerExited(this));
    }

    private void proceed() {
        while (current == null && !dead) {
            var claim = inbox.peek();
            if (claim == null) {
                if (leaving) {
                    die();
                }
                return;
            }
            if (claim.begin(agenda.now())) {
                begin(claim);
            } else {
                inbox.remove();
            }
        }
    }

    private void begin(Claim claim) {
        current = claim;
        int item = claim.running;
        world.itemBegan(claim, item);
        ignoresInterrupt = chance.ignoresInterrupt();
        boolean hasHardLimit = claim.task.submission.terms.hardLimitNanos() > 0;
        if (hasHardLimit && chance.neverEnds()) {
            run++;
            return;
        }
        long runNanos = chance.runNanos();
        endIn(runNanos, claim, item, chance.result());
        if (chance.exitsBeforeResult()) {
            long thisRun = run;
            agenda.in(runNanos / 2, () -> {
                if (run == thisRun && current == claim) {
                    die();
                }
            });
        }
    }

    private void endIn(long delayNanos, Claim claim, int item, ItemResult result) {
        long thisRun = ++run;
        agenda.in(
                delayNanos,
                () -> act(() -> {
                    if (run == thisRun && current == claim) {
                        end(claim, item, result);
                    }
                }));
    }

    private void end(Claim claim, int item, ItemResult result) {
        if (!claim.publish()) {
            return; // condemned: it waits for its end
        }
        current = null;
        long runNanos = agenda.now() - claim.since;
        write(() -> world.itemFinished(claim, item, result, runNanos));
        if (chance.exitsAfterResult()) {
            die();
        } else {
            proceed();
        }
    }

    private void write(Runnable message) {
        writeIn(chance.messageNanos(), message);
    }

    private void writeIn(long delayNanos, Runnable message) {
        channel.add(message);
        long arrival = Math.max(agenda.now() + delayNanos, lastArrival);
        lastArrival = arrival;
        agenda.in(arrival - agenda.now(), () -> world.whenPresent(this::readNext));
    }

    private void readNext() {
        var message = channel.poll();
        if (message != null) {
            message.run();
        }
    }

    /// The parent reads all that was written.
    void readAll() {
        while (!channel.isEmpty()) {
            readNext();
        }
    }
}
