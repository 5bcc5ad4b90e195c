package dev.caisson.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caisson.ProcessPool;
import dev.caisson.RemoteTaskException;
import dev.caisson.testing.CompiledSource;
import dev.caisson.testing.MemoryLoader;
import dev.caisson.testing.Pools;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Tasks whose classes only this process has, compiled a moment ago.
@Tag("row-9")
class ShippedClassesTest {

    private static ProcessPool pool;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(1);
    }

    @Test
    @Tag("F12")
    void runsALambdaOfAClassCompiledAtRunTime() throws Exception {
        var loader = MemoryLoader.of(CompiledSource.of("fresh.Maker", """
                package fresh;
                public class Maker implements java.util.concurrent.Callable<Object> {
                    private static int twice(int value) { return value * 2; }
                    public Object call() { int n = 21; return (dev.caisson.Task<Integer>) () -> twice(n); }
                }
                """));

        @SuppressWarnings("unchecked")
        var task = (Callable<Integer>) loader.task("fresh.Maker").call();

        assertThat(pool.submit(task).get()).isEqualTo(42);
    }

    @Test
    void bringsAllKindsOfClassesThatATaskNeeds() throws Exception {
        var loader = MemoryLoader.of(CompiledSource.of("kinds.Job", """
                package kinds;
                import java.util.*;
                public class Job extends Base implements Named, java.util.concurrent.Callable<String>, java.io.Serializable {
                    enum Colour { RED { String hex() { return "f00"; } }; abstract String hex(); }
                    record Point(int x, int y) implements java.io.Serializable {}
                    sealed interface Shape { record Dot(Point at) implements Shape {} }
                    @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) @interface Mark { int value(); }
                    @Mark(7) static class Marked {}
                    private final Point point = new Point(1, 2);
                    private final Point[] points = {point};
                    private final Map<Colour, Point> map = new EnumMap<>(Map.of(Colour.RED, point));
                    public String call() {
                        Shape shape = new Shape.Dot(point);
                        String dot = switch (shape) { case Shape.Dot(Point(int x, int y)) -> x + "/" + y; };
                        var anonymous = new Object() { String tell() { return name() + base(); } };
                        java.util.function.Function<Point, Integer> f = Point::y;
                        return String.join(" ", dot, Colour.RED.hex(), anonymous.tell(), "" + f.apply(points[0]),
                            "" + map, "" + Marked.class.isAnnotationPresent(Mark.class));
                    }
                }
                class Base { protected String base() { return "base"; } }
                interface Named { default String name() { return getClass().getSimpleName(); } }
                """));

        assertThat(pool.submit(loader.<String>task("kinds.Job")).get())
                .isEqualTo("1/2 f00 Jobbase 2 {RED=Point[x=1, y=2]} true");
    }

    @Test
    void bringsHundredsOfClasses() throws Exception {
        var source =
                new StringBuilder("package many; public class Many implements java.util.concurrent.Callable<Integer>,"
                        + " java.io.Serializable { public Integer call() { int sum = 0;");
        for (int i = 0; i < 400; i++) {
            source.append("sum += C").append(i).append(".value();");
        }
        source.append("return sum; } }");
        for (int i = 0; i < 400; i++) {
            source.append("class C").append(i).append(" { static int value() { return 1; } }");
        }
        var loader = MemoryLoader.of(CompiledSource.of("many.Many", source.toString()));

        assertThat(pool.submit(loader.<Integer>task("many.Many")).get()).isEqualTo(400);
    }

    @Test
    void keepsStaticStateOfAShippedClassBetweenTasks() throws Exception {
        var loader = MemoryLoader.of(CompiledSource.of("state.Counter", """
                package state;
                public class Counter implements java.util.concurrent.Callable<Integer>, java.io.Serializable {
                    private static int count;
                    public Integer call() { return ++count; }
                }
                """));

        assertThat(pool.submit(loader.<Integer>task("state.Counter")).get()).isEqualTo(1);
        assertThat(pool.submit(loader.<Integer>task("state.Counter")).get()).isEqualTo(2);
    }

    @Test
    void tellsClassesOfOneNameFromTwoLoadersApart() throws Exception {
        var first = plugIn("first");
        var second = plugIn("second");

        for (int i = 0; i < 5; i++) {
            assertThat(pool.submit(first.<String>task("plug.In")).get()).isEqualTo("first helped by first");
            assertThat(pool.submit(second.<String>task("plug.In")).get()).isEqualTo("second helped by second");
        }
        var both = List.of(first.<String>task("plug.In"), second.<String>task("plug.In"));
        List<Callable<String>> held = new ArrayList<>(both);
        assertThat(pool.submit(() -> held.get(0).call() + ", " + held.get(1).call())
                        .get())
                .isEqualTo("first helped by first, second helped by second");
        assertThat(pool.map(Callable::call, both)).containsExactly("first helped by first", "second helped by second");
    }

    private static MemoryLoader plugIn(String says) {
        return MemoryLoader.of(CompiledSource.of("plug.In", """
                package plug;
                public class In implements java.util.concurrent.Callable<String>, java.io.Serializable {
                    public String call() { return "%1$s helped by " + Helper.help(); }
                }
                class Helper { static String help() { return "%1$s"; } }
                """.formatted(says)));
    }

    @Test
    void prefersTheVersionThatTheTasksLoaderSeesToThatOfTheApplication() throws Exception {
        var own = CompiledSource.of("dev.caisson.classes.Version", """
                package dev.caisson.classes;
                public class Version { public static String tell() { return "the plug-in's"; } }
                """);
        var classes = new HashMap<>(CompiledSource.of("child.First", """
                package child;
                public class First implements java.util.concurrent.Callable<String>, java.io.Serializable {
                    public String call() { return dev.caisson.classes.Version.tell(); }
                }
                """));
        var parentFirst = MemoryLoader.of(Map.copyOf(classes));
        classes.putAll(own);
        var childFirst = MemoryLoader.of(classes);

        assertThat(pool.submit(childFirst.<String>task("child.First")).get()).isEqualTo("the plug-in's");
        assertThat(pool.submit(parentFirst.<String>task("child.First")).get()).isEqualTo("the application's");
    }

    @Test
    void findsClassesThroughLoadersAboveTheTasks() throws Exception {
        var library = MemoryLoader.of(CompiledSource.of("library.Thing", """
                package library;
                public class Thing implements java.io.Serializable { public String tell() { return "thing"; } }
                """));
        var compiled = CompiledSource.of(
                "library.Thing",
                "package library; public class Thing implements java.io.Serializable { public String tell() { return null; } }",
                "user.Job",
                """
                package user;
                public class Job implements java.util.concurrent.Callable<Object>, java.io.Serializable {
                    private final library.Thing thing = new library.Thing();
                    public Object call() { return thing; }
                }
                """);
        var user = MemoryLoader.under(library, Map.of("user.Job", compiled.get("user.Job")));

        var result = pool.submit(user.task("user.Job")).get();

        assertThat(result.getClass()).isSameAs(library.loadClass("library.Thing"));
    }

    @Test
    void readsResultsAndErrorsWithTheTasksOwnLoader() throws Exception {
        var loader = MemoryLoader.of(CompiledSource.of("own.Results", """
                package own;
                public class Results implements java.util.concurrent.Callable<Object>, java.io.Serializable {
                    public record Answer(int value) implements java.io.Serializable {}
                    public static class Trouble extends Exception { Trouble(String text) { super(text); } }
                    public static class Failing implements java.util.concurrent.Callable<Object>, java.io.Serializable {
                        public Object call() throws Trouble { throw new Trouble("as planned"); }
                    }
                    public Object call() { return new Answer(42); }
                }
                """));

        var answer = pool.submit(loader.task("own.Results")).get();
        var thrown = catchThrowableOfType(
                ExecutionException.class,
                () -> pool.submit(loader.task("own.Results$Failing")).get());

        assertThat(answer.getClass().getClassLoader()).isSameAs(loader);
        assertThat(answer).hasToString("Answer[value=42]");
        assertThat(Objects.requireNonNull(thrown.getCause()).getClass())
                .isSameAs(loader.loadClass("own.Results$Trouble"));
        assertThat(thrown.getCause()).hasMessage("as planned").isNotInstanceOf(RemoteTaskException.class);
        assertThat(pool.map(item -> item, List.of(answer))).containsExactly(answer);
    }

    @Test
    void bringsResourcesAndServices() throws Exception {
        var loader = MemoryLoader.of(CompiledSource.of("res.Reader", """
                package res;
                public class Reader implements java.util.concurrent.Callable<String>, java.io.Serializable, Runnable {
                    public void run() {}
                    public String call() throws Exception {
                        try (var in = getClass().getResourceAsStream("hello world.txt")) {
                            var text = new String(in.readAllBytes(), "UTF-8");
                            var service = java.util.ServiceLoader.load(Runnable.class).findFirst().orElseThrow();
                            return text.length() + text.substring(text.length() - 2)
                                + (getClass().getResource("none.txt") == null) + service.getClass().getName()
                                + (Thread.currentThread().getContextClassLoader() == getClass().getClassLoader());
                        }
                    }
                }
                """))
                .with("res/hello world.txt", ("ä".repeat(300_000) + "ok").getBytes(StandardCharsets.UTF_8))
                .with("META-INF/services/java.lang.Runnable", "res.Reader".getBytes(StandardCharsets.UTF_8));

        assertThat(pool.submit(loader.<String>task("res.Reader")).get()).isEqualTo("300002oktrueres.Readertrue");
    }

    @Test
    void tellsAFailingStaticInitializerAsSuch() {
        var loader = MemoryLoader.of(CompiledSource.of("init.Job", """
                package init;
                public class Job implements java.util.concurrent.Callable<Object>, java.io.Serializable {
                    public Object call() { return Broken.VALUE; }
                }
                class Broken { static final Object VALUE = make(); static Object make() { throw new IllegalStateException("no config"); } }
                """));

        var thrown = catchThrowableOfType(
                ExecutionException.class,
                () -> pool.submit(loader.task("init.Job")).get());

        assertThat(thrown).hasCauseInstanceOf(ExceptionInInitializerError.class);
        assertThat(thrown).hasStackTraceContaining("no config");
    }

    @Test
    void namesAClassWhoseLoaderKeepsItsBytesToItself() throws Exception {
        var loader = MemoryLoader.secretive(CompiledSource.of("secret.Job", """
                package secret;
                public class Job implements java.util.concurrent.Callable<Object>, java.io.Serializable {
                    public Object call() { return 1; }
                }
                """));

        var thrown = catchThrowableOfType(
                ExecutionException.class,
                () -> pool.submit(loader.task("secret.Job")).get());

        assertThat(thrown)
                .hasStackTraceContaining("secret.Job")
                .hasStackTraceContaining("MemoryLoader")
                .hasStackTraceContaining("findResource(\"secret/Job.class\")")
                .hasStackTraceContaining("classPath");
        assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
    }

    @Test
    void namesAClassThatIsNowhere() {
        var compiled = new HashMap<>(CompiledSource.of("gone.Job", """
                package gone;
                public class Job implements java.util.concurrent.Callable<Object>, java.io.Serializable {
                    public Object call() { return new Lost(); }
                }
                class Lost {}
                """));
        compiled.remove("gone.Lost");
        var loader = MemoryLoader.of(compiled);

        var thrown = catchThrowableOfType(
                ExecutionException.class,
                () -> pool.submit(loader.task("gone.Job")).get());

        assertThat(thrown).hasCauseInstanceOf(NoClassDefFoundError.class);
        assertThat(thrown).hasStackTraceContaining("gone.Lost").hasStackTraceContaining("has no such class either");
    }
}
