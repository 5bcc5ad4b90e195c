package dev.caisson.codec;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.Action;
import dev.caisson.Task;
import dev.caisson.TaskCodec;
import dev.caisson.TaskSerializationException;
import dev.caisson.protocol.Encoded;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TaskEncodingTest {

    private static final TaskCodec CODEC = new JdkCodec();

    @Test
    void carriesATask() throws Exception {
        var text = "hello";
        Task<Integer> task = () -> text.length();

        var copy = (Task<?>)
                requireNonNull(TaskEncoding.decode(TaskEncoding.encode(task, CODEC, "task"), CODEC, loader()));

        assertThat(copy.call()).isEqualTo(5);
    }

    @Test
    void carriesNothing() {
        assertThat(TaskEncoding.decode(TaskEncoding.encode(null, CODEC, "item 0"), CODEC, loader()))
                .isNull();
    }

    @Test
    void saysWhatWasToBeSent() {
        assertThatThrownBy(() -> TaskEncoding.encode(new Object(), CODEC, "item 17"))
                .isInstanceOf(TaskSerializationException.class)
                .hasCauseInstanceOf(NotSerializableException.class)
                .hasMessageStartingWith(
                        "Item 17 can't be sent to a worker: item 17 (java.lang.Object) is not serializable.");
        assertThatThrownBy(() -> TaskEncoding.encode(new Object(), CODEC, "initializer"))
                .hasMessageStartingWith("The initializer can't be sent to a worker: initializer (java.lang.Object)");
    }

    @Test
    @Tag("B08")
    void explainsALambdaWhoseTypeIsNotSerializable() {
        Callable<String> callable = () -> "x";
        Runnable runnable = () -> {};

        assertThatThrownBy(() -> TaskEncoding.encode(callable, CODEC, "task"))
                .hasMessage("The task can't be sent to a worker: task (lambda, a java.util.concurrent.Callable) is not"
                        + " serializable. A lambda can travel only if the type it is written for is serializable, and"
                        + " java.util.concurrent.Callable is not. pool.submit(() -> …) makes one that can; where"
                        + " another signature fixes the type, as in invokeAll(List.of(…)), say it: `Task<String> task"
                        + " = () -> …;` or `(Task<String>) () -> …`.");
        assertThatThrownBy(() -> TaskEncoding.encode(runnable, CODEC, "task"))
                .hasMessageContaining("java.lang.Runnable is not. ")
                .hasMessageContaining("`Action action = () -> …;`");
    }

    @Test
    void explainsTheInsidesOfFutures() {
        var handed = new CompletableFuture<Runnable>();
        var future = CompletableFuture.supplyAsync(() -> "x", handed::complete);
        assertThat(future).isNotDone();

        for (Runnable runnable : List.of(handed.join(), new FutureTask<>(() -> "x"))) {
            assertThatThrownBy(() -> TaskEncoding.encode(runnable, CODEC, "task"))
                    .isInstanceOf(TaskSerializationException.class)
                    .hasMessageContaining("CompletableFuture.supplyAsync(…, pool)")
                    .hasMessageContaining("Use pool.submit(…)");
        }
    }

    @Test
    void explainsAnAnonymousCallable() {
        assertThatThrownBy(() -> TaskEncoding.encode(anonymous(), CODEC, "task"))
                .hasMessageContaining("TaskEncodingTest$1) is not serializable")
                .hasMessageContaining("Write a lambda instead");
    }

    private static Callable<String> anonymous() {
        return new Callable<>() {
            @Override
            public String call() {
                return "x";
            }
        };
    }

    private record Link(@Nullable Link next) implements Serializable {}

    @Test
    void explainsAChainThatIsTooLong() {
        @Nullable Link chain = null;
        for (int i = 0; i < 200_000; i++) {
            chain = new Link(chain);
        }
        var last = chain;

        assertThatThrownBy(() -> TaskEncoding.encode(last, CODEC, "item 3"))
                .isInstanceOf(TaskSerializationException.class)
                .hasCauseInstanceOf(StackOverflowError.class)
                .hasMessageContaining("nested too deeply")
                .hasMessageContaining("a list or an array");
    }

    private static final class PickyCodec implements TaskCodec {
        private static final long serialVersionUID = 1L;

        @Override
        public void write(@Nullable Object value, OutputStream out) {
            throw new UnsupportedOperationException("only strings");
        }

        @Override
        public Object read(InputStream in, ClassLoader loader) throws IOException {
            throw new IOException("not my bytes");
        }
    }

    @Test
    void blamesTheUsersCodecForWhatItThrows() {
        assertThatThrownBy(() -> TaskEncoding.encode(1, new PickyCodec(), "function"))
                .isInstanceOf(TaskSerializationException.class)
                .hasMessageStartingWith("The function can't be sent to a worker: " + PickyCodec.class.getTypeName()
                        + " threw java.lang.UnsupportedOperationException: only strings.");
        assertThatThrownBy(() -> TaskEncoding.decode(Encoded.EMPTY, new PickyCodec(), loader()))
                .isInstanceOf(TaskSerializationException.class)
                .hasMessageContaining("reading it threw java.io.IOException: not my bytes");
    }

    @Test
    @Tag("Q11")
    void namesTheClassThatTheWorkerLacks() {
        var bytes = TaskEncoding.encode(new Link(null), CODEC, "item 0");

        assertThatThrownBy(() -> TaskEncoding.decode(bytes, CODEC, ClassLoader.getPlatformClassLoader()))
                .isInstanceOf(TaskSerializationException.class)
                .hasCauseInstanceOf(ClassNotFoundException.class)
                .hasMessageContaining("the worker has no class dev.caisson.codec.TaskEncodingTest$Link.")
                .hasMessageContaining("Builder.classPath(…)");
    }

    @Test
    void namesTheClassInWhichAMissingLambdaWasWritten() {
        var bytes = TaskEncoding.encode((Action) () -> {}, CODEC, "task");

        assertThatThrownBy(() -> TaskEncoding.decode(bytes, CODEC, ClassLoader.getPlatformClassLoader()))
                .hasMessageContaining("the worker has no class " + TaskEncodingTest.class.getName());
    }

    @Test
    void tellsOfAnotherVersionOfAClass(@TempDir Path folder) throws Exception {
        var value = compiled(folder.resolve("old"), "public record Item(int a) implements java.io.Serializable {}")
                .getDeclaredConstructor(int.class)
                .newInstance(1);
        var bytes = TaskEncoding.encode(value, CODEC, "item 0");
        var other = compiled(
                folder.resolve("new"),
                "public class Item implements java.io.Serializable { static final long serialVersionUID = 9; }");

        assertThatThrownBy(() -> TaskEncoding.decode(bytes, CODEC, other.getClassLoader()))
                .hasMessageContaining("another version of a class")
                .hasMessageContaining("Both must see the same jar");
    }

    @Test
    void tellsOfAStaticInitializerThatFailsInTheWorker(@TempDir Path folder) throws Exception {
        var source = """
                public class Item {
                    static { if (Boolean.getBoolean("caisson.test.inWorker")) throw new IllegalStateException("no display"); }
                    public static Object task() { return (Runnable & java.io.Serializable) () -> {}; }
                }
                """;
        var type = compiled(folder.resolve("one"), source);
        var bytes = TaskEncoding.encode(type.getMethod("task").invoke(null), CODEC, "task");
        var again = compiled(folder.resolve("two"), source).getClassLoader();
        System.setProperty("caisson.test.inWorker", "true");
        try {
            assertThatThrownBy(() -> TaskEncoding.decode(bytes, CODEC, again))
                    .hasMessageContaining("could not be initialized in the worker")
                    .hasMessageContaining("no display");
        } finally {
            System.clearProperty("caisson.test.inWorker");
        }
    }

    private static Class<?> compiled(Path folder, String source) throws IOException, ReflectiveOperationException {
        Files.createDirectories(folder);
        var file = Files.writeString(folder.resolve("Item.java"), source);
        int exit = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", folder.toString(), file.toString());
        assertThat(exit).isZero();
        return new FolderLoader(folder).loadClass("Item");
    }

    /// Holds no file open, unlike a URL class loader.
    private static final class FolderLoader extends ClassLoader {

        private final Path folder;

        FolderLoader(Path folder) {
            super(TaskEncodingTest.class.getClassLoader());
            this.folder = folder;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            try {
                var bytes = Files.readAllBytes(folder.resolve(name + ".class"));
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private static ClassLoader loader() {
        return TaskEncodingTest.class.getClassLoader();
    }
}
