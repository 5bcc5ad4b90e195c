package dev.caisson.codec;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.caisson.ResultSerializationException;
import dev.caisson.TaskCodec;
import dev.caisson.protocol.Encoded;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
final class ResultLimitsTest {

    private static final TaskCodec LIMITED = JdkCodec.limited();

    record Row(int number, String name, List<Double> values) implements Serializable {}

    static final class Box implements Serializable {
        private static final long serialVersionUID = 1L;

        private final byte[] content;

        Box(byte[] content) {
            this.content = content;
        }
    }

    static Stream<Named<Object>> harmless() {
        var numbers = IntStream.range(0, 1_000_000).boxed().toList();
        var sparse = new HashMap<String, String>(1 << 20);
        sparse.put("one", "entry");
        return Stream.of(
                Named.of("a list of a million numbers", numbers),
                Named.of("a set of them", new HashSet<>(numbers)),
                Named.of(
                        "rows",
                        numbers.stream()
                                .limit(100_000)
                                .map(ResultLimitsTest::row)
                                .toList()),
                Named.of(
                        "a set of lists",
                        numbers.stream()
                                .limit(100_000)
                                .map(i -> List.of("same", i))
                                .collect(toSet())),
                Named.of("a million times the same", Collections.nCopies(1_000_000, "same")),
                Named.of("a document of nested maps", document()),
                Named.of("a map with room for more", sparse),
                Named.of("a sorted map", new TreeMap<>(Map.of("a", 1))),
                Named.of("an empty list with room", Arrays.asList(new Object[5000])),
                Named.of("a view of a list of paths", Collections.unmodifiableList(Arrays.asList(Path.of("a"), null))));
    }

    private static Row row(int number) {
        return new Row(number, "row " + number, List.of(number / 2.0));
    }

    /// As of a JSON parser: maps are values of maps, not keys, so that nothing multiplies.
    private static Map<String, Object> document() {
        var document = new LinkedHashMap<String, Object>();
        var inner = document;
        for (int level = 0; level < 200; level++) {
            var next = new LinkedHashMap<String, Object>();
            inner.put("child", next);
            inner.put("list", List.of(level, "text"));
            inner = next;
        }
        return document;
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void letsHarmlessValuesPass(Object value) throws Exception {
        assertThat(Objects.equals(decoded(encoded(value)), value)).isTrue();
    }

    @Test
    void letsQueuesPass() throws Exception {
        var numbers = IntStream.range(0, 100_000).boxed().toList();

        assertThat((Collection<?>) decoded(encoded(new ArrayDeque<>(numbers)))).hasSameSizeAs(numbers);
        assertThat((Collection<?>) decoded(encoded(new PriorityQueue<>(numbers))))
                .hasSameSizeAs(numbers);
    }

    @Test
    void letsALargeArrayPass() throws Exception {
        var content = new byte[100_000_000];
        content[99_999_999] = 7;

        assertThat((byte[]) decoded(encoded(content))).isEqualTo(content);
        assertThat(decoded(encoded(new Box(content))))
                .isInstanceOfSatisfying(
                        Box.class, box -> assertThat(box.content).isEqualTo(content));
    }

    @Test
    void letsCyclesPass() throws Exception {
        var list = new ArrayList<Object>();
        list.add(Collections.unmodifiableList(list));
        list.add(list);
        var map = new IdentityHashMap<Object, Object>();
        map.put(list, map);

        assertThat(((Map<?, ?>) decoded(encoded(map)))).hasSize(1);
    }

    @Test
    void refusesSetsThatHoldEachOtherOverAndOver() throws IOException {
        assertRefused(nestedSets(100), "hold one another so often");
    }

    @Test
    void refusesMapsThatAreEachOthersKeysOverAndOver() throws IOException {
        var root = new HashMap<Object, Object>();
        Map<Object, Object> innermost = root;
        for (int i = 0; i < 100; i++) {
            // Filled from the outside in, so that nothing here hashes more than an empty map.
            var next = new HashMap<Object, Object>();
            var other = new ArrayList<Object>();
            innermost.put(next, "one");
            innermost.put(other, "two");
            other.add("different");
            other.add(next);
            innermost = next;
        }

        assertRefused(root, "hold one another so often");
    }

    @Test
    void refusesListsThatHoldEachOtherInASet() throws IOException {
        List<Object> list = new ArrayList<>(List.of("end"));
        for (int i = 0; i < 60; i++) {
            list = new ArrayList<>(Arrays.asList(list, list));
        }

        assertRefused(list, "hold one another so often");
    }

    @Test
    void refusesArraysWhoseContentDidNotCome() throws IOException {
        var bytes = encoded(new Object[1000]).toArray();
        // The length is the last int before the thousand nulls.
        int length = bytes.length - 1000 - Integer.BYTES;
        bytes[length] = 0x10;

        assertThatThrownBy(() -> decoded(Encoded.of(bytes)))
                .isInstanceOf(ResultSerializationException.class)
                .hasMessageContaining("far larger than they can fill")
                .hasMessageContaining("java.lang.Object[] of length 268436456");
    }

    @Test
    void refusesListsWhoseContentDidNotCome() throws IOException {
        var bytes = encoded(new ArrayList<>(Collections.nCopies(1000, null))).toArray();
        int size = indexOf(bytes, new byte[] {0, 0, 3, -24});
        bytes[size] = 0x10;

        assertThatThrownBy(() -> decoded(Encoded.of(bytes)))
                .isInstanceOf(ResultSerializationException.class)
                .hasMessageContaining("far larger than they can fill");
    }

    @Test
    @Tag("P06")
    void refusesWhatIsNestedTooDeeply() throws IOException {
        Object nested = "end";
        for (int i = 0; i < 600; i++) {
            nested = new Object[] {nested};
        }

        assertRefused(nested, "nested more than 500 levels");
    }

    @Test
    void refusesClassesThatTheUsersFilterRejects() throws Exception {
        var codec = JdkCodec.filtered(ObjectInputFilter.Config.createFilter("java.base/*;!*"));
        var row = encoded(new Row(1, "a", List.of()));

        assertThatThrownBy(() -> ResultEncoding.decode(row, codec, loader()))
                .isInstanceOf(ResultSerializationException.class)
                .hasMessageContaining("the pool's resultFilter rejects dev.caisson.codec.ResultLimitsTest$Row");
        assertThat(ResultEncoding.decode(encoded(List.of(Path.of("a"))), codec, loader()))
                .isEqualTo(List.of(Path.of("a")));
        assertThat(ResultEncoding.decode(encoded("text"), codec, loader())).isEqualTo("text");
    }

    @Test
    void appliesToEachReadAnew() throws Exception {
        var codec = JdkCodec.filtered(new ResultLimits(0, checked -> ObjectInputFilter.Status.UNDECIDED));
        var rows = encoded(new Object[1_000_000]);

        for (int read = 0; read < 10; read++) {
            assertThat((Object[]) ResultEncoding.decode(rows, codec, loader())).hasSize(1_000_000);
        }
    }

    @Test
    void survivesFlippedBytes() throws IOException {
        var original = encoded(new ArrayList<>(List.of(
                new Row(1, "a", List.of(1.0, 2.0)),
                new HashMap<>(Map.of("k", new int[] {1, 2})),
                "text",
                new Object[9])));
        var random = new Random(5);
        for (int round = 0; round < 1_000; round++) {
            var bytes = original.toArray().clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            @Nullable Throwable thrown = catchThrowable(() -> decoded(Encoded.of(bytes)));
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(ResultSerializationException.class);
            }
        }
    }

    private static Object nestedSets(int levels) {
        var root = new HashSet<Object>();
        Set<Object> first = root;
        Set<Object> second = new LinkedHashSet<>();
        for (int i = 0; i < levels; i++) {
            var nextFirst = new HashSet<Object>();
            var nextSecond = new HashSet<Object>();
            nextFirst.add("different");
            first.add(nextFirst);
            first.add(nextSecond);
            second.add(nextFirst);
            second.add(nextSecond);
            first = nextFirst;
            second = nextSecond;
        }
        return root;
    }

    private static void assertRefused(Object value, String reason) throws IOException {
        var bytes = encoded(value);

        assertThatThrownBy(() -> decoded(bytes))
                .isInstanceOf(ResultSerializationException.class)
                .hasMessageContaining(reason);
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        return IntStream.range(0, bytes.length - wanted.length)
                .filter(i -> Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length))
                .findFirst()
                .orElseThrow();
    }

    private static ClassLoader loader() {
        return ResultLimitsTest.class.getClassLoader();
    }

    private static Encoded encoded(Object value) throws IOException {
        var out = Encoded.builder();
        LIMITED.write(value, out);
        return out.build();
    }

    private static @Nullable Object decoded(Encoded bytes) {
        return ResultEncoding.decode(bytes, LIMITED, loader());
    }
}
