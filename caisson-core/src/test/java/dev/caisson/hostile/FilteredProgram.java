package dev.caisson.hostile;

import dev.caisson.ProcessPool;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/// A program that is started with a filter of its own for what it reads (`-Djdk.serialFilter`), and prints what becomes
/// of a result.
final class FilteredProgram {

    private FilteredProgram() {}

    record Evil(int number) implements Serializable {}

    public static void main(String[] arguments) throws InterruptedException {
        try (var pool = ProcessPool.builder()
                .workers(1)
                .resultTypes(Evil.class) // the pool would let it pass
                .build()) {
            System.out.println(
                    pool.submit(() -> new ArrayList<>(List.of(new Evil(1)))).get());
        } catch (ExecutionException refused) {
            System.out.println(refused);
        }
    }
}
