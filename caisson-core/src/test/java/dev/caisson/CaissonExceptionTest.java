package dev.caisson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.TaskTimeoutException.Limit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CaissonExceptionTest {

    private static final WorkerDeath DEATH = new WorkerDeath(
            4711,
            3,
            137,
            Optional.of("SIGKILL"),
            Duration.ofSeconds(12),
            918,
            List.of("loading", "ready"),
            Optional.empty());

    private final TaskTimeoutException timeout = new TaskTimeoutException(
            "Task 918 ran for 30 s", Limit.HARD, Duration.ofSeconds(30), List.of("at a.B.loop(B.java:7)"), null);

    @Test
    void printsTheWorkersStackWithATimeout() {
        assertThat(printed(timeout)).contains("Task 918 ran for 30 s").contains("\n\t\tat a.B.loop(B.java:7)");
    }

    @Test
    void printsTheWorkersStackWhenTheTimeoutIsACause() {
        assertThat(printed(new ExecutionException(timeout))).contains("\n\t\tat a.B.loop(B.java:7)");
    }

    @Test
    void printsNoEmptyStackSection() {
        var waited = new TaskTimeoutException("Task 1 waited 5 s", Limit.QUEUE, Duration.ofSeconds(5), List.of(), null);

        assertThat(printed(waited)).doesNotContain("Suppressed").doesNotContain("threads");
    }

    @Test
    void keepsWhatTheTaskThrewAfterASoftLimitAsCause() {
        var thrown = new IOException("interrupted");

        assertThat(new TaskTimeoutException("late", Limit.SOFT, Duration.ofSeconds(1), List.of("at x"), thrown))
                .hasCause(thrown);
    }

    @Test
    @Tag("E12")
    void keepsItsFactsFromOneProcessToAnother() throws Exception {
        var exited = copy(new WorkerExitedException("gone", DEATH));
        var start = copy(new WorkerStartException("bad", List.of("java"), OptionalInt.of(1), List.of("usage"), null));
        var copied = copy(timeout);

        assertThat(exited.death()).isEqualTo(DEATH);
        assertThat(exited.signal()).contains("SIGKILL");
        assertThat(start.exitCode()).hasValue(1);
        assertThat(start.command()).containsExactly("java");
        assertThat(copied.limit()).isEqualTo(Limit.HARD);
        assertThat(printed(copied)).contains("at a.B.loop(B.java:7)");
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    @Tag("E12")
    void travelsWhateverItsKind(CaissonException error) throws Exception {
        assertThat(copy(error)).hasSameClassAs(error).hasMessage(error.getMessage());
    }

    static List<CaissonException> everyKind() {
        return List.of(
                new RemoteTaskException("a.Odd", null, "a.Odd\n\tat x", null),
                new WorkerExitedException("exited", DEATH),
                new WorkerOutOfMemoryException("memory", DEATH),
                new TaskTimeoutException("late", Limit.SOFT, Duration.ofSeconds(1), List.of("at x"), null),
                new WorkerStartException(
                        "start", List.of(), OptionalInt.empty(), List.of(), new IOException("no java")),
                new WorkerLostException("lost", true, null),
                new TaskSerializationException("task", "Task.socket", null),
                new ResultSerializationException("result", null),
                new PayloadTooLargeException("large", 10, 5),
                new PoolBrokenException("broken", new WorkerExitedException("exited", DEATH)));
    }

    private static String printed(Throwable error) {
        var text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @SuppressWarnings("unchecked") // a copy has the class of the original
    private static <T> T copy(T error) throws IOException, ClassNotFoundException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(error);
        }
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }
}
