package dev.caisson.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.caisson.RemoteTaskException;
import dev.caisson.TaskCodec;
import dev.caisson.protocol.Encoded;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class FailuresTest {

    private static final TaskCodec CODEC = new JdkCodec();
    private static final TaskCodec LIMITED = JdkCodec.limited();

    @Test
    @Tag("E08")
    void returnsTheErrorItselfWithItsStackAndCauses() throws IOException {
        var error = new UncheckedIOException("outer", new NoSuchFileException("a.pdf"));
        error.addSuppressed(new IllegalStateException("closing"));

        var copy = copied(error);

        assertThat(copy).isExactlyInstanceOf(UncheckedIOException.class).hasMessage("outer");
        assertThat(copy.getStackTrace()).isEqualTo(error.getStackTrace());
        assertThat(copy.getCause())
                .isExactlyInstanceOf(NoSuchFileException.class)
                .hasMessage("a.pdf");
        assertThat(copy.getSuppressed()).singleElement().isExactlyInstanceOf(IllegalStateException.class);
    }

    static final class Unserializable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings({"serial", "unused"})
        private final Object lock = new Object();

        Unserializable(@Nullable String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    @Test
    void standsInForAnErrorWithAFieldThatCantTravel() throws IOException {
        var error = new Unserializable("locked", new NoSuchFileException("a.pdf"));
        error.addSuppressed(new Unserializable("twice", null));
        error.addSuppressed(new IllegalStateException("closing"));

        var copy = standIn(copied(error));

        assertThat(copy.className()).isEqualTo(Unserializable.class.getName());
        assertThat(copy.remoteMessage()).contains("locked");
        assertThat(copy.getStackTrace()).isEqualTo(plain(error));
        assertThat(copy.getCause()).isExactlyInstanceOf(NoSuchFileException.class);
        assertThat(standIn(copy.getSuppressed()[0]).remoteMessage()).contains("twice");
        assertThat(copy.getSuppressed()[1]).isExactlyInstanceOf(IllegalStateException.class);
    }

    @Test
    void printsTheWholeStackOfWhatItStandsInFor() throws IOException {
        var error = new Unserializable("locked", new NoSuchFileException("a.pdf"));
        error.addSuppressed(new IllegalStateException("closing"));

        var stack = standIn(copied(error)).remoteStack();

        assertThat(stack.lines())
                .startsWith(Unserializable.class.getName() + ": locked")
                .contains("Caused by: java.nio.file.NoSuchFileException: a.pdf")
                .contains("\tSuppressed: java.lang.IllegalStateException: closing")
                .anyMatch(line -> line.startsWith("\tat " + FailuresTest.class.getName() + ".prints"))
                .anyMatch(line -> line.matches("\t... \\d+ more"))
                .anyMatch(line -> line.startsWith("\tat java.base/java.lang.reflect.Method.invoke(Method.java"));
    }

    @Test
    void keepsAnErrorWithoutMessageAndCause() throws IOException {
        var copy = standIn(copied(new Unserializable(null, null)));

        assertThat(copy.remoteMessage()).isEmpty();
        assertThat(copy.getCause()).isNull();
        assertThat(copy).hasMessage(Unserializable.class.getName());
    }

    @Test
    void keepsCausesInACircle() throws IOException {
        var first = new IllegalStateException("first");
        var second = new IllegalStateException("second", first);
        first.initCause(second);

        var copy = copied(first);

        assertThat(copy).cause().hasMessage("second").cause().isSameAs(copy);
    }

    @Test
    void endsWhenCausesInACircleCantTravel() throws IOException {
        var first = new Unserializable("first", null);
        var second = new IllegalStateException("second");
        second.addSuppressed(first);
        first.addSuppressed(second);

        var copy = standIn(copied(first));

        assertThat(copy.remoteStack()).contains("second").contains("causes in a circle");
    }

    @Test
    void keepsOnlySoManyCauses() throws IOException {
        Throwable error = new IllegalStateException("innermost");
        for (int i = 0; i < 1000; i++) {
            error = new Unserializable("cause " + i, error);
        }
        for (int i = 0; i < 1000; i++) {
            error.addSuppressed(new Unserializable("suppressed " + i, null));
        }

        var copy = standIn(copied(error));

        assertThat(copy.remoteStack())
                .contains("cause 999")
                .contains("left out")
                .doesNotContain("cause 900:");
    }

    static final class ThrowsWhenRead extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ThrowsWhenRead(String message) {
            super(message);
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            throw new AssertionError("not here");
        }
    }

    @Test
    void standsInForAnErrorThatThrowsWhenRead() throws IOException {
        assertThat(standIn(copied(new ThrowsWhenRead("hostile"))).remoteMessage())
                .contains("hostile");
    }

    static final class OverflowsWhenWritten extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) throws IOException {
            overflow(0);
            out.defaultWriteObject();
        }
    }

    @Test
    void standsInForAnErrorThatOverflowsTheStackWhenWritten() throws IOException {
        assertThat(standIn(copied(new OverflowsWhenWritten())).className())
                .isEqualTo(OverflowsWhenWritten.class.getName());
    }

    static final class ThrowsAlways extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException();
        }

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException();
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException();
        }

        @Override
        public String toString() {
            throw new IllegalStateException();
        }

        private void writeObject(ObjectOutputStream out) {
            throw new IllegalStateException();
        }
    }

    @Test
    void standsInForAnErrorAllOfWhoseMethodsThrow() throws IOException {
        var copy = standIn(copied(new ThrowsAlways()));

        assertThat(copy.remoteMessage()).contains("[getMessage() threw java.lang.IllegalStateException]");
        assertThat(copy.className()).isEqualTo(ThrowsAlways.class.getName());
    }

    static final class Bare extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Bare(boolean travels) {
            super("bare", null, false, false);
            this.lock = travels ? "" : new Object();
        }

        @SuppressWarnings({"serial", "unused"})
        private final Object lock;
    }

    @Test
    void keepsAnErrorThatHasNoStack() throws IOException {
        var copy = copied(new Bare(true));
        copy.addSuppressed(new IllegalStateException());

        assertThat(copy).isExactlyInstanceOf(Bare.class).hasMessage("bare");
        assertThat(copy.getStackTrace()).isEmpty();
        assertThat(copy.getSuppressed()).isEmpty();
        assertThat(standIn(copied(new Bare(false))).getStackTrace()).isEmpty();
    }

    @Test
    void standsInForAnErrorWhoseClassIsMissing() throws Exception {
        var error = new ThrowsWhenRead("unknown there");

        var copy = standIn(Failures.read(written(error, CODEC).open(), CODEC, ClassLoader.getPlatformClassLoader()));

        assertThat(copy.className()).isEqualTo(ThrowsWhenRead.class.getName());
        assertThat(copy.getStackTrace()).isEqualTo(plain(error));
    }

    @Test
    void standsInForAnErrorWhoseClassTheFilterRejects() throws IOException {
        var filtered = JdkCodec.filtered(ObjectInputFilter.Config.createFilter("!*"));

        var copy = Failures.read(written(new IllegalStateException("x"), CODEC).open(), filtered, loader());

        assertThat(standIn(copy).className()).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void keepsALongMessage() throws IOException {
        var message = "я".repeat(1024 * 1024);

        assertThat(copied(new IllegalStateException(message))).hasMessage(message);
        assertThat(standIn(copied(new Unserializable(message, null))).remoteMessage())
                .contains(message);
    }

    @Test
    @Tag("E14")
    void cutsAMessageThatIsFarTooLong() throws IOException {
        var message = "x".repeat(100_000_000);

        var bytes = written(new IllegalStateException(message), CODEC);
        var copy = standIn(Failures.read(bytes.open(), LIMITED, loader()));

        assertThat(bytes.size()).isLessThan(5_000_000);
        assertThat(copy.remoteMessage().orElseThrow()).startsWith("xxx").endsWith("… (95805696 more characters)");
        assertThat(copy.getStackTrace()).isNotEmpty();
    }

    @Test
    void keepsTheErrorOfADeepRecursion() throws IOException {
        var overflow = catchThrowable(() -> overflow(0));

        var copy = copied(overflow);

        assertThat(copy).isExactlyInstanceOf(StackOverflowError.class);
        assertThat(copy.getStackTrace()).isEqualTo(overflow.getStackTrace()).hasSize(1024);
    }

    private static long overflow(long depth) {
        return depth < 0 ? depth : overflow(depth + 1) + 1;
    }

    private static RemoteTaskException standIn(Throwable error) {
        assertThat(error).isExactlyInstanceOf(RemoteTaskException.class);
        return (RemoteTaskException) error;
    }

    /// Frames compare by loader and version too, which are left out where a printed trace does.
    private static StackTraceElement[] plain(Throwable error) {
        return Arrays.stream(error.getStackTrace())
                .map(frame -> new StackTraceElement(
                        null,
                        frame.getModuleName(),
                        frame.getModuleName() != null && frame.getModuleName().startsWith("java.")
                                ? null
                                : frame.getModuleVersion(),
                        frame.getClassName(),
                        frame.getMethodName(),
                        frame.getFileName(),
                        frame.getLineNumber()))
                .toArray(StackTraceElement[]::new);
    }

    private static ClassLoader loader() {
        return FailuresTest.class.getClassLoader();
    }

    private static Encoded written(Throwable error, TaskCodec codec) throws IOException {
        var out = Encoded.builder();
        Failures.write(error, codec, out);
        return out.build();
    }

    private static Throwable copied(Throwable error) throws IOException {
        return Failures.read(written(error, CODEC).open(), LIMITED, loader());
    }
}
