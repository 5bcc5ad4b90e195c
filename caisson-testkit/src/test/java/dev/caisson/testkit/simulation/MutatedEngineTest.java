package dev.caisson.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Small mistakes in the engine's own source, of the kind that a review overlooks: the simulation must find each.
class MutatedEngineTest {

    private static final int SEEDS = 2_000;

    @TempDir
    private Path folder;

    static Stream<Mutation> mutations() {
        return Stream.of(
                new Mutation("run time not reset between attempts", "Retries", "        task.runNanos = 0;\n", ""),
                new Mutation(
                        "priorities overflow as they age",
                        "Ageing",
                        "priority * perPriorityMicros",
                        "(int) (priority * perPriorityMicros)"),
                new Mutation(
                        "an earlier second close is ignored",
                        "Engine",
                        "closeLimit == null || limit.isBefore(closeLimit)",
                        "closeLimit == null"),
                new Mutation(
                        "a later second close wins",
                        "Engine",
                        "closeLimit == null || limit.isBefore(closeLimit)",
                        "closeLimit == null || !limit.isBefore(closeLimit)"),
                new Mutation("bytes of released tasks stay", "Worker", "        bytesHeld -= task.bytes;\n", ""),
                new Mutation("all old workers leave at once", "Succession", "Math.max(1, most / 4)", "most"),
                new Mutation("credits halved", "Credits", "AHEAD_NANOS / Math.max", "AHEAD_NANOS / 2 / Math.max"),
                new Mutation("averages forget too slowly", "Credits", "WEIGHT = 8", "WEIGHT = 16"),
                new Mutation(
                        "one death fewer allowed",
                        "RestartPolicy",
                        "deaths.size() <= deathsAllowed",
                        "deaths.size() < deathsAllowed"),
                new Mutation(
                        "a dead generation is heard",
                        "WorkerRoster",
                        "worker != null && worker.generation == generation ? worker",
                        "worker != null ? worker"),
                new Mutation(
                        "a split part loses its rank",
                        "Tasks",
                        "new Task(++lastId, task.turn, task.rank, first",
                        "new Task(++lastId, task.turn, 0, first"),
                new Mutation(
                        "a split part loses its turn",
                        "Tasks",
                        "new Task(++lastId, task.turn, task.rank, first",
                        "new Task(++lastId, lastId, task.rank, first"),
                new Mutation(
                        "a split part loses its queue limit",
                        "Limits",
                        "if (task.queueLimit != null) {",
                        "if (false) {"),
                new Mutation(
                        "a split part loses its total limit",
                        "Tasks",
                        "task.totalLimit == null ? null : task.totalLimit.over(part, deadlines)",
                        "null"),
                new Mutation(
                        "a limit is not looked at again",
                        "Limits",
                        "        set(now, task, limit, left > 0 ? Math.min(left, limit.nanos) : limit.nanos);\n",
                        ""),
                new Mutation("a worker is killed twice", "Departures", "if (worker.killed != null)", "if (false)"),
                new Mutation("the queue takes one too many", "WaitingTasks", "size >= capacity", "size > capacity"),
                new Mutation(
                        "a spare gets tasks",
                        "Staffing",
                        "sizing.most(phase, !tasks.isEmpty())",
                        "sizing.mostPlaces(phase, !tasks.isEmpty())"),
                new Mutation(
                        "the age of a dead worker ticks on", "Deaths", "        deadlines.cancel(worker.age);\n", ""),
                new Mutation(
                        "an interrupt is remembered of a task that left",
                        "Assignments",
                        "        task.interrupted = Boards.NONE;\n",
                        ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutations")
    void isFoundOut(Mutation mutation) throws Exception {
        mutation.compileTo(folder);
        long seed = 0;
        boolean found = false;
        try (var mutated = MutatedEngine.in(folder)) {
            while (!found && seed < SEEDS) {
                found = mutated.failsWith(seed++);
            }
        }

        System.out.printf("%-48s %s after %d seeds%n", mutation, found ? "found" : "not found", seed);
        assertThat(found).as("found within %d seeds", SEEDS).isTrue();
    }
}
