package dev.caisson.testkit.simulation;

import static dev.caisson.testkit.simulation.WorkerOracle.require;

import dev.caisson.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// The users of the pool: they submit, cancel, resize and meddle, and wait when the queue is full.
final class Callers {

    private final World world;
    private final Scenario scenario;
    private final Agenda agenda;
    private final RandomGenerator random;
    private final List<Submission> blocked = new ArrayList<>();
    private int outstanding;

    Callers(World world, Scenario scenario, Agenda agenda, Chance chance) {
        this.world = world;
        this.scenario = scenario;
        this.agenda = agenda;
        random = chance.random();
    }

    void plan() {
        long time = 0;
        for (int i = 0; i < scenario.submissions(); i++) {
            time = random.nextInt(4) == 0 ? random.nextLong(scenario.loadNanos()) : time;
            outstanding++;
            agenda.in(time, () -> world.whenPresent(() -> submit(draw())));
            if (random.nextDouble() < scenario.meddling()) {
                agenda.in(random.nextLong(scenario.loadNanos()), () -> world.whenPresent(this::meddle));
            }
        }
    }

    /// Whether all have submitted what they have.
    boolean areDone() {
        return outstanding == 0;
    }

    private Submission draw() {
        int items = random.nextInt(4) == 0 ? random.nextInt(2, 12) : 1;
        int bytes = switch (random.nextInt(8)) {
            case 0 -> 100_000;
            case 1 -> 20_000;
            default -> 100;
        };
        return new Submission(items, bytes, scenario.terms(random), agenda.now());
    }

    private void submit(Submission submission) {
        int capacity = scenario.settings().queueCapacity();
        int queued = world.queued();
        long answer = world.submit(submission);
        require(
                answer < 0 || capacity == 0 || queued < capacity,
                "queue",
                () -> queued + " tasks wait where there is room for " + capacity + ", and another one is taken");
        if (answer == Engine.REFUSED_FULL) {
            require(capacity > 0, "queue", "refused by a queue without bound");
            blocked.add(submission);
        } else {
            require(answer > 0 || world.isClosed(), "queue", "refused by a running pool");
            outstanding--;
        }
    }

    /// Called after every event.
    void comeBack() {
        if (blocked.isEmpty()) {
            return;
        }
        if (world.isRoomTold()) {
            var waiters = List.copyOf(blocked);
            blocked.clear();
            for (var waiter : waiters) {
                submit(waiter.again(agenda.now()));
            }
        } else {
            require(!world.owesRoom(scenario.settings().queueCapacity()), "queue", "there is room, and nobody is told");
        }
    }

    private void meddle() {
        if (world.isTerminated()) {
            return;
        }
        var present = world.workers().present();
        switch (random.nextInt(10)) {
            case 0 -> world.resize(random.nextInt(1, 5));
            case 1 -> world.restart();
            case 2 -> {
                if (!present.isEmpty()) {
                    world.end(present.get(random.nextInt(present.size())));
                }
            }
            case 3 -> {
                if (!present.isEmpty()) {
                    world.retire(present.get(random.nextInt(present.size())));
                }
            }
            case 4 -> {
                if (!present.isEmpty()) {
                    world.overMemory(present.get(random.nextInt(present.size())));
                }
            }
            default -> cancelSome();
        }
    }

    private void cancelSome() {
        var open = List.copyOf(world.tasks().open());
        if (!open.isEmpty()) {
            world.cancel(open.get(random.nextInt(open.size())), random.nextBoolean());
        }
    }
}
