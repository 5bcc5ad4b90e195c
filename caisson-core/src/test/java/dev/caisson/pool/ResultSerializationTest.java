package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.PayloadTooLargeException;
import dev.caisson.ProcessPool;
import dev.caisson.ResultSerializationException;
import dev.caisson.Task;
import dev.caisson.testing.Pools;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ResultSerializationTest {

    private static ProcessPool pool;

    private static long pid;

    @BeforeAll
    static void open(Pools pools) throws Exception {
        pool = pools.open(1);
        pid = pool.submit(Deeds::pid).get();
    }

    @Test
    @Tag("F02")
    @Tag("F05")
    @Tag("row-32")
    void failsATaskWhoseResultCantTravel() throws Exception {
        assertRefused(() -> new Thread(), "Thread");
        assertRefused(() -> List.of("a", new Object()), "Object");
        assertRefused(FailsToWrite::new, "can't be written");
    }

    @Test
    @Tag("F06")
    @Tag("Q10")
    void failsATaskWhoseResultCantBeReadBack() throws Exception {
        assertRefused(FailsToRead::new, "can't be read");
        assertRefused(FailsToReadBadly::new, "AssertionError");

        var after = new ArrayList<Future<Integer>>();
        for (int number = 0; number < 100; number++) {
            int value = number;
            after.add(pool.submit(() -> value));
        }
        for (int number = 0; number < 100; number++) {
            assertThat(after.get(number).get()).isEqualTo(number);
        }
    }

    @Test
    void refusesClassesThatTheFilterDoesNotAllow(Pools pools) throws Exception {
        var own = pools.open(builder ->
                builder.resultFilter(ObjectInputFilter.Config.createFilter("java.util.ArrayList;java.lang.Object;!*")));

        assertThat(own.submit(() -> new ArrayList<>(List.of("a"))).get()).containsExactly("a");
        assertThatThrownBy(() -> own.submit(() -> new BitSet()).get())
                .cause()
                .isInstanceOf(ResultSerializationException.class)
                .hasMessageContaining("java.util.BitSet");
        assertThat(own.submit(() -> "still here").get()).isEqualTo("still here");
    }

    @Test
    @Tag("P08")
    void failsATaskWhoseResultIsTooLarge(Pools pools) throws Exception {
        var own = pools.open(builder -> builder.maxResult("1m"));
        long worker = own.submit(Deeds::pid).get();

        assertThatThrownBy(() -> own.submit(() -> new byte[2 << 20]).get())
                .cause()
                .isInstanceOfSatisfying(
                        PayloadTooLargeException.class,
                        failure -> assertThat(failure.limitBytes()).isEqualTo(1 << 20));
        assertThat(own.submit(() -> new byte[500_000]).get()).hasSize(500_000);
        assertThat(own.submit(Deeds::pid).get()).isEqualTo(worker);
    }

    @Test
    void carriesAListOfManyEntries() throws Exception {
        assertThat(pool.submit(() -> new ArrayList<>(
                                IntStream.range(0, 200_000).boxed().toList()))
                        .get())
                .hasSize(200_000);
    }

    @Test
    void carriesSerializableLambdasAndRecords() throws Exception {
        record Answer(String text, int number) implements Serializable {}

        assertThat(pool.submit(() -> new Answer("a", 1)).get()).isEqualTo(new Answer("a", 1));
        assertThat(pool.submit(() -> (Supplier<Integer> & Serializable) () -> 42)
                        .get()
                        .get())
                .isEqualTo(42);
    }

    private static void assertRefused(Task<Object> task, String expected) throws Exception {
        assertThatThrownBy(() -> pool.submit(task).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ResultSerializationException.class)
                .hasStackTraceContaining(expected);
        assertThat(pool.submit(Deeds::pid).get()).isEqualTo(pid);
    }

    private static final class FailsToWrite implements Serializable {

        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) throws IOException {
            throw new IOException("can't be written");
        }
    }

    private static final class FailsToRead implements Serializable {

        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) throws IOException {
            throw new IOException("can't be read");
        }
    }

    private static final class FailsToReadBadly implements Serializable {

        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) {
            throw new AssertionError("an error while it is read");
        }
    }
}
