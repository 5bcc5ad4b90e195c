package dev.caisson.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.caisson.PoolBrokenException;
import dev.caisson.ProcessPool;
import dev.caisson.RemoteTaskException;
import dev.caisson.ResultSerializationException;
import dev.caisson.testing.Pools;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import javax.naming.CompositeName;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What tasks send back, or throw, to have it run code in the program that reads it, or keep it busy.
class HostileResultTest {

    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final CountDownLatch RELEASED = new CountDownLatch(1);
    private static final AtomicInteger RUN_HERE = new AtomicInteger();

    private static ProcessPool open;
    private static ProcessPool listed;

    @BeforeAll
    static void open(Pools pools) {
        open = pools.open(1);
        listed = pools.open(builder ->
                builder.workers(1).resultTypes(Point[].class, Shade.class, Shape.class, Two.class, Pair.class));
    }

    record Point(int x, int y) implements Serializable {}

    record Two(Object left, Object right) implements Serializable {}

    /// A pair of the application's that is hashed as its fields are.
    static final class Pair implements Serializable {

        @Serial
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial")
        private final Object left;

        @SuppressWarnings("serial")
        private final Object right;

        Pair(Object left, Object right) {
            this.left = left;
            this.right = right;
        }

        @Override
        public int hashCode() {
            return 31 * left.hashCode() + right.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Pair pair && left.equals(pair.left) && right.equals(pair.right);
        }
    }

    sealed interface Shape permits Circle, Square {}

    record Circle(int radius) implements Shape, Serializable {}

    record Square(int side) implements Shape, Serializable {}

    enum Shade {
        LIGHT,
        DARK {
            @Override
            public String toString() {
                return "very dark";
            }
        }
    }

    /// Acts when it is read, as a class of the application may.
    static final class Acting implements Serializable {

        @Serial
        private static final long serialVersionUID = 1L;

        @Serial
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            RUN_HERE.incrementAndGet();
        }
    }

    static final class ActingException extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        @Serial
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            RUN_HERE.incrementAndGet();
        }
    }

    /// Hangs when it is read in the program.
    static final class HangingException extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        @Serial
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            try {
                RELEASED.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    @Test
    void readsWhatAnInitializerThrewByThePoolsList(Pools pools) {
        RUN_HERE.set(0);
        var pool = pools.open(builder -> builder.workers(1)
                .restartLimit(0, WINDOW)
                .resultTypes(Point.class)
                .initializer(() -> {
                    throw new ActingException();
                }));

        var thrown = catchThrowable(() -> pool.submit(() -> 1).get(60, TimeUnit.SECONDS));

        assertThat(thrown)
                .hasCauseInstanceOf(PoolBrokenException.class)
                .hasMessageContaining("ActingException")
                .hasRootCauseInstanceOf(RemoteTaskException.class);
        assertThat(RUN_HERE).hasValue(0);
    }

    @Test
    void isNotHeldUpByWhatAnInitializerThrew(Pools pools) {
        var pool =
                pools.open(builder -> builder.workers(1).restartLimit(0, WINDOW).initializer(() -> {
                    throw new HangingException();
                }));

        assertThatThrownBy(() -> pool.submit(() -> 1).get(60, TimeUnit.SECONDS))
                .hasCauseInstanceOf(PoolBrokenException.class)
                .hasMessageContaining("HangingException");
        assertThat(pool.snapshot().ledger().rejected()).isEqualTo(1);
        pool.terminate();
        RELEASED.countDown();
    }

    @Test
    void refusesKeysThatAllHaveOneHashCode() {
        assertRefused("the same hash code", open, () -> {
            var map = new HashMap<List<Integer>, Integer>();
            // a * 31 + b is the same for all; made quickly, since these keys are compared by identity first
            var keys = new ArrayList<List<Integer>>();
            for (int number = 0; number < 40_000; number++) {
                keys.add(List.of(number, -31 * number));
            }
            return new Unhashed(keys, map).forged();
        });
    }

    /// Each of some fifty pairs holds the one before twice: to hash the last takes years.
    @Test
    void refusesKeysThatHoldOneAnotherTwice() {
        assertRefused("hold one another so often", listed, () -> keyOf(SimpleEntry::new));
        assertRefused("hold one another so often", listed, () -> keyOf(Two::new));
        assertRefused("hold one another so often", listed, () -> keyOf(Pair::new));
        assertRefused("hold one another so often", open, () -> keyOf((left, right) -> new Object[] {left, right}));
        assertRefused("hold one another so often", open, () -> keyOf(List::of));
    }

    /// It is nested when it is in the set already.
    private static Object keyOf(BinaryOperator<Object> pair) {
        var key = new SimpleEntry<Object, Object>("key", "value");
        var set = new HashSet<Object>(Set.of(key));
        Object nested = "innermost";
        for (int depth = 0; depth < 50; depth++) {
            nested = pair.apply(nested, nested);
        }
        key.setValue(nested);
        return set;
    }

    /// A map with colliding keys is slow to fill here as well: so an honest one is bent.
    record Unhashed(List<List<Integer>> keys, Map<List<Integer>, Integer> map) {

        /// A set of many keys whose hash codes differ while it is made.
        Set<Key> forged() {
            var set = new HashSet<Key>();
            keys.forEach(pair -> set.add(new Key(pair)));
            Key.collide = true;
            return set;
        }
    }

    /// Tells its number as its hash code until it is to collide.
    static final class Key implements Serializable {

        @Serial
        private static final long serialVersionUID = 1L;

        static boolean collide;

        private final ArrayList<Integer> pair;

        Key(List<Integer> pair) {
            this.pair = new ArrayList<>(pair);
        }

        @Override
        public int hashCode() {
            return pair.getFirst();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && pair.equals(key.pair);
        }

        @Serial
        private Object writeReplace() {
            return collide ? pair : this;
        }
    }

    @Test
    void takesLargeHonestTables() throws Exception {
        var map = open.submit(() -> IntStream.range(0, 300_000)
                        .boxed()
                        .collect(
                                HashMap<String, List<Integer>>::new,
                                (m, i) -> m.put("key " + i, List.of(i % 90, i % 70)),
                                HashMap::putAll))
                .get();
        assertThat(map).hasSize(300_000);

        var rows = open.submit(() -> {
                    var set = new HashSet<List<Integer>>();
                    for (int i = 0; i < 200_000; i++) {
                        set.add(List.of(i % 100, i / 100 % 100, i / 10_000));
                    }
                    return set;
                })
                .get();
        assertThat(rows).hasSize(200_000);

        var same = open.submit(() -> {
                    var lists = new HashMap<Integer, List<String>>();
                    for (int i = 0; i < 200_000; i++) {
                        lists.put(i, new ArrayList<>());
                    }
                    return lists;
                })
                .get();
        assertThat(same).hasSize(200_000);
    }

    @Test
    void refusesTypesThatAreKnownFromAttacks() throws Exception {
        assertRefused("javax.naming.CompositeName", open, () -> new ArrayList<>(List.of(new CompositeName("a/b"))));
        assertRefused("java.lang.reflect.Proxy", open, HostileResultTest::proxy);
        assertRefused("java.net.URL together with hash tables", open, () -> {
            var urls = new HashMap<String, URL>();
            urls.put("key", URI.create("http://localhost/").toURL());
            return urls;
        });
        assertThat(open.submit(() -> URI.create("http://localhost/").toURL()).get())
                .hasToString("http://localhost/");
    }

    private static Object proxy() {
        return new ArrayList<>(List.of(Proxy.newProxyInstance(
                HostileResultTest.class.getClassLoader(),
                new Class<?>[] {Comparable.class},
                (java.lang.reflect.InvocationHandler & Serializable) (self, method, arguments) -> 0)));
    }

    @Test
    void letsAFilterAllowWhatIsRefusedByDefault(Pools pools) throws Exception {
        var pool = pools.open(builder ->
                builder.workers(1).resultFilter(java.io.ObjectInputFilter.Config.createFilter("javax.naming.*")));

        assertThat(pool.submit(() -> new CompositeName("a/b")).get()).hasToString("a/b");
    }

    @Test
    void respectsTheFilterThatTheProgramWasStartedWith() throws Exception {
        var program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djdk.serialFilter=!" + FilteredProgram.class.getName() + "$*",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FilteredProgram.class.getName())
                .redirectErrorStream(true)
                .start();

        try (var output = program.inputReader()) {
            assertThat(output.readAllAsString())
                    .contains("jdk.serialFilter")
                    .contains("rejects " + FilteredProgram.Evil.class.getName());
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    void takesWhatIsListedAndValuesOfTheJdk() throws Exception {
        assertThat(listed.submit(() -> List.of(new Point(1, 2))).get()).containsExactly(new Point(1, 2));
        assertThat(listed.submit(() -> Map.of(Shade.DARK, new Point[] {new Point(3, 4)}))
                        .get())
                .containsKey(Shade.DARK);
        assertThat(listed.submit(() -> new CopyOnWriteArrayList<Shape>(List.of(new Circle(1), new Square(2))))
                        .get())
                .containsExactly(new Circle(1), new Square(2));
        assertThat(listed.submit(() -> new HashMap<>(Map.of(LocalDate.EPOCH, Duration.ZERO)))
                        .get())
                .containsKey(LocalDate.EPOCH);
        assertThatThrownBy(() -> listed.submit(() -> {
                            throw new IOException("disk", new IllegalStateException("full"));
                        })
                        .get())
                .hasCauseInstanceOf(IOException.class)
                .hasRootCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesWhatIsNotListedBeforeItActs() {
        RUN_HERE.set(0);

        assertThatThrownBy(() -> listed.submit(() -> new ArrayList<>(List.of(new Acting())))
                        .get())
                .hasCauseInstanceOf(ResultSerializationException.class)
                .hasMessageContaining("resultTypes(Acting.class)");
        assertThatThrownBy(() -> listed.submit(() -> {
                            throw new IllegalStateException("outer", new ActingException());
                        })
                        .get())
                .hasCauseInstanceOf(RemoteTaskException.class);
        assertThat(RUN_HERE).hasValue(0);
    }

    private static void assertRefused(String reason, ProcessPool pool, dev.caisson.Task<Object> task) {
        assertThatThrownBy(() -> pool.submit(task).get(60, TimeUnit.SECONDS))
                .hasCauseInstanceOf(ResultSerializationException.class)
                .hasMessageContaining(reason);
    }
}
