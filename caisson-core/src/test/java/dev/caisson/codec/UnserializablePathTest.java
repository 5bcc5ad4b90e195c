package dev.caisson.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.Action;
import dev.caisson.Task;
import dev.caisson.TaskFunction;
import java.io.Externalizable;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.Socket;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@SuppressWarnings("serial") // the point of it
final class UnserializablePathTest {

    private static final String HERE = UnserializablePathTest.class.getName();

    /// Can't be sent, and needs no closing.
    static final class Connection {
        @Override
        public String toString() {
            return "connection";
        }
    }

    static final class Report implements Serializable {
        private static final long serialVersionUID = 1L;

        @Nullable Object connection;

        Report(@Nullable Object connection) {
            this.connection = connection;
        }

        int pages() {
            return 1;
        }
    }

    record Job(String name, Report report) implements Serializable {}

    static final class Importer {
        private final String name = "acme";
        private final Connection connection = new Connection();

        Task<String> task() {
            return () -> name + connection;
        }
    }

    static final class SerializableImporter implements Serializable {
        private static final long serialVersionUID = 1L;

        private final String name = "acme";
        private final Connection connection = new Connection();

        Task<String> task() {
            return () -> name + connection;
        }

        class Inner implements Action {
            private static final long serialVersionUID = 1L;

            @Override
            public void perform() {
                assertThat(name).isNotEmpty();
            }
        }
    }

    @Test
    void tellsALambdaThatItCapturedThis() {
        var obstacle = found(new Importer().task());

        assertThat(obstacle.sentence("task"))
                .isEqualTo("task → captured argument 1 (" + HERE + "$Importer, this) is not serializable.");
        assertThat(obstacle.advice("task")).contains("captured `this`").contains("local variable");
    }

    @Test
    void followsThisToTheFieldAtFault() {
        var obstacle = found(new SerializableImporter().task());

        assertThat(obstacle.path())
                .isEqualTo("captured argument 1 (" + HERE + "$SerializableImporter, this) → field"
                        + " UnserializablePathTest$SerializableImporter.connection (" + HERE + "$Connection)");
        assertThat(obstacle.advice("task")).contains("captured `this`");
    }

    @Test
    void tellsAnInnerClassThatItHoldsItsEnclosingObject() {
        var obstacle = found(new SerializableImporter().new Inner());

        assertThat(obstacle.path())
                .startsWith("enclosing object (" + HERE + "$SerializableImporter) → field")
                .endsWith("connection (" + HERE + "$Connection)");
        assertThat(obstacle.advice("task")).contains("static nested class");
    }

    @Test
    void tellsAnAnonymousClassWhichVariableItCaptured() {
        assertThat(found(anonymous(new Connection())).path())
                .isEqualTo("captured variable connection (" + HERE + "$Connection)");
    }

    private static Action anonymous(Connection connection) {
        return new Action() {
            private static final long serialVersionUID = 1L;

            @Override
            public void perform() {
                assertThat(connection).isNotNull();
            }
        };
    }

    @Test
    void countsCapturedArguments() {
        int number = 3;
        var name = "name";
        var connection = new Connection();
        Task<String> task = () -> name + number + connection;

        var obstacle = found(task);

        assertThat(obstacle.path()).isEqualTo("captured argument 3 (" + HERE + "$Connection)");
        assertThat(obstacle.advice("task"))
                .contains("Let UnserializablePathTest$Connection implement java.io.Serializable");
    }

    @Test
    void findsTheReceiverOfAMethodReference() {
        Task<Integer> task = new Report(new Connection())::pages;

        assertThat(found(task).path())
                .isEqualTo("captured argument 1 (" + HERE + "$Report) → field"
                        + " UnserializablePathTest$Report.connection (" + HERE + "$Connection)");
    }

    @Test
    void followsNestedFieldsAndRecords() {
        assertThat(found(new Job("a", new Report(new Connection()))).path())
                .isEqualTo("field UnserializablePathTest$Job.report (" + HERE + "$Report) → field"
                        + " UnserializablePathTest$Report.connection (" + HERE + "$Connection)");
    }

    @Test
    void tellsTheIndexInListsAndArrays() {
        var connection = new Connection();

        assertThat(found(List.of("a", "b", connection)).path()).isEqualTo("element [2] (" + HERE + "$Connection)");
        assertThat(found(Arrays.asList("a", connection)).path()).isEqualTo("element [1] (" + HERE + "$Connection)");
        assertThat(found(Collections.unmodifiableList(Arrays.asList("a", new Report(connection))))
                        .path())
                .startsWith("element [1] (" + HERE + "$Report) → field");
        assertThat(found(new ArrayList<>(List.of(1, new Report(connection)))).path())
                .startsWith("element [1] (" + HERE + "$Report) → field");
        assertThat(found(new Object[] {1, new Object[] {null, connection}}).path())
                .isEqualTo("element [1] (java.lang.Object[]) → element [1] (" + HERE + "$Connection)");
        assertThat(found(new Report(List.of(1, connection))).path())
                .isEqualTo("field UnserializablePathTest$Report.connection (java.util.List) → element [1] (" + HERE
                        + "$Connection)");
    }

    @Test
    void tellsTheKeyInMaps() {
        var connection = new Connection();

        assertThat(found(Map.of("db", connection)).path()).isEqualTo("value of key db (" + HERE + "$Connection)");
        assertThat(found(Collections.unmodifiableMap(new HashMap<>(Map.of(1, connection))))
                        .path())
                .isEqualTo("value of key 1 (" + HERE + "$Connection)");
        assertThat(found(Map.of(connection, "db")).path()).isEqualTo("a key (" + HERE + "$Connection)");
        assertThat(found(Map.of("x".repeat(100), connection)).path()).contains("key " + "x".repeat(40) + "… (");
        assertThat(found(Map.of(List.of(), connection)).path()).startsWith("value of a key (");
    }

    @Test
    void tellsWhatItCanOfClassesThatHideTheirInsides() {
        var connection = new Connection();

        assertThat(found(new AtomicReference<>(connection)).path())
                .isEqualTo("field AtomicReference.value (" + HERE + "$Connection)");
        assertThat(found(Map.entry("a", 1)).path()).isEmpty();
        assertThat(found(new AbstractMap.SimpleEntry<>("a", connection)).path())
                .isEqualTo("inside AbstractMap$SimpleEntry (" + HERE + "$Connection)");
    }

    @Test
    void findsALambdaInAFieldWhoseTypeIsNotSerializable() {
        Supplier<String> supplier = () -> "x";

        var obstacle = found(new Report(supplier));

        assertThat(obstacle.path())
                .isEqualTo("field UnserializablePathTest$Report.connection (lambda, a java.util.function.Supplier)");
        assertThat(obstacle.advice("task")).contains("(Supplier<…> & Serializable)");
    }

    @Test
    void followsALambdaInAField() {
        var connection = new Connection();
        TaskFunction<String, String> harmless = text -> text;
        TaskFunction<String, String> function = text -> text + connection;

        assertThat(found(new Report(List.of(harmless, function))).path())
                .isEqualTo("field UnserializablePathTest$Report.connection (java.util.List) → element [1] (lambda, a"
                        + " dev.caisson.TaskFunction) → captured argument 1 (" + HERE + "$Connection)");
    }

    @Test
    void endsInCyclesAndAtGreatDepth() {
        var cycle = new Report(null);
        cycle.connection = List.of(cycle, new Report(cycle), new Connection());
        assertThat(found(cycle).path()).contains("element [2]");

        Report chain = new Report(new Connection());
        for (int i = 0; i < 50_000; i++) {
            chain = new Report(chain);
        }
        assertThat(found(chain).way()).hasSize(50_001);
    }

    @Test
    void looksThroughManyObjects() {
        var rows = IntStream.range(0, 50_000)
                .mapToObj(i -> new Report(i == 49_999 ? new Connection() : "row " + i))
                .toList();

        assertThat(found(rows).path()).startsWith("element [49999] (");
    }

    @Test
    void leavesTransientFieldsAlone() {
        var value = new Serializable() {
            private static final long serialVersionUID = 1L;

            @SuppressWarnings("unused")
            private final transient Connection connection = new Connection();
        };

        assertThat(UnserializablePath.find(new ArrayList<>(List.of(1, "a", value.getClass()))))
                .isEmpty();
    }

    static final class Refuses implements Serializable {
        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) throws IOException {
            throw new NotSerializableException("a singleton");
        }
    }

    static final class Throws implements Externalizable {
        @Override
        public void writeExternal(ObjectOutput out) {
            throw new IllegalStateException("closed");
        }

        @Override
        public void readExternal(ObjectInput in) {}
    }

    static final class Replaced implements Serializable {
        private static final long serialVersionUID = 1L;

        @Nullable Connection connection = new Connection();

        private Object writeReplace() {
            return new Replacement(connection);
        }
    }

    record Replacement(@Nullable Connection handle) implements Serializable {}

    @Test
    void tellsWhatAnObjectsOwnMethodsThrew() {
        assertThat(found(new Report(new Refuses())).sentence("task"))
                .endsWith("(" + HERE + "$Refuses) can't be written: that threw java.io.NotSerializableException: a"
                        + " singleton.");
        var obstacle = found(List.of(new Throws()));
        assertThat(obstacle.sentence("result"))
                .isEqualTo("result → element [0] (" + HERE + "$Throws) can't be written: that threw"
                        + " java.lang.IllegalStateException: closed.");
        assertThat(obstacle.advice("task")).contains("writeExternal");
    }

    @Test
    void followsWhatAnObjectPutsInItsPlace() {
        assertThat(found(new Report(new Replaced())).path())
                .isEqualTo("field UnserializablePathTest$Report.connection (" + HERE + "$Replaced) → field"
                        + " UnserializablePathTest$Replaced.connection (" + HERE + "$Connection)");
    }

    @Test
    void knowsWhatPeopleTryToReturn() {
        Supplier<String> lambda = () -> "x";

        assertThat(found(new CompletableFuture<>()).advice("result")).contains("future.join()");
        assertThat(found(lambda).advice("result")).contains("return the value that it would give");
    }

    @Test
    @Tag("B08")
    void knowsWhatPeopleTryToSend() throws IOException {
        try (var socket = new Socket()) {
            assertThat(found(new Report(socket)).advice("task")).contains("belongs to this process");
        }
        assertThat(found(Thread.currentThread()).advice("task")).contains("belongs to this process");
        assertThat(found(Optional.of("x")).advice("task")).contains("orElse(null)");
        assertThat(found(Stream.of("x")).advice("task")).contains("toList()");
        assertThat(found(List.of(new Object())).advice("task")).contains("belongs to this process");
        assertThat(found(new ArrayList<>(List.of(1, 2)).subList(0, 1)).advice("task"))
                .contains("List.copyOf");
        assertThat(found(new HashMap<>(Map.of(1, 2)).keySet()).advice("task")).contains("new HashSet");
        // Serializable, though few expect it.
        assertThat(UnserializablePath.find(new ReentrantLock())).isEmpty();
    }

    @Test
    void findsNothingWhereNothingIs() {
        assertThat(UnserializablePath.find(Collections.nCopies(3, new Report("fine"))))
                .isEmpty();
        assertThat(UnserializablePath.find("text")).isEmpty();
        assertThat(UnserializablePath.find(new int[] {1})).isEmpty();
        assertThat(UnserializablePath.find(Path.of("a"))).isEmpty();
    }

    private static Obstacle found(Object value) {
        return UnserializablePath.find(value).orElseThrow();
    }
}
