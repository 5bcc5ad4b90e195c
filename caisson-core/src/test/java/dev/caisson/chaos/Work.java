package dev.caisson.chaos;

import dev.caisson.Action;
import dev.caisson.Task;
import dev.caisson.TaskFunction;

/// What workers do when all goes well.
final class Work {

    /// The item of a map whose function does the deed, if the deed's site is in a chunk.
    static final int ITEM_TO_BLAME = 5;

    static final TaskFunction<Integer, Integer> SQUARE = Work::square;
    static final Action NOTHING = () -> {};

    private Work() {}

    static String pointOf(int item) {
        return "item " + item;
    }

    static Task<Integer> square(int number) {
        return () -> number * number;
    }

    private static Integer square(Integer item) {
        if (item == ITEM_TO_BLAME) {
            new Fault().accept(pointOf(item));
        }
        return item * item;
    }
}
