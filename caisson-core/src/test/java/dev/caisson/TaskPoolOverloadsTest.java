package dev.caisson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// That lambdas and method references need no cast is checked by the compiler: the calls here only have to compile.
final class TaskPoolOverloadsTest {

    @Test
    void wrapsOnlyCheckedExceptionsOfAnAction() {
        Action checked = () -> {
            throw new IOException("disk full");
        };
        Action unchecked = () -> {
            throw new IllegalStateException("odd");
        };

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(checked::run)
                .withCauseInstanceOf(IOException.class);
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(unchecked::run);
    }

    @Test
    void notesAnInterruptThatAnActionThrew() {
        Action interrupted = () -> {
            throw new InterruptedException();
        };

        assertThatExceptionOfType(CompletionException.class).isThrownBy(interrupted::run);
        assertThat(Thread.interrupted()).isTrue();
    }

    @SuppressWarnings("unused") // never called
    private static void lambdasNeedNoCast(TaskPool pool) throws Exception {
        TaskFuture<Integer> number = pool.submit(() -> 1);
        TaskFuture<Integer> limited = pool.submit(() -> 1, TaskOptions.DEFAULT);
        var action = pool.submit(() -> System.out.println());
        var limitedAction = pool.submit(() -> System.out.println(), TaskOptions.DEFAULT);
        TaskFuture<String> reference = pool.submit(TaskPoolOverloadsTest::text);
        pool.execute(() -> System.out.println());
        String called = pool.call(() -> "text");
        List<Integer> lengths = pool.map(String::length, List.of("a"));
        List<Integer> gathered =
                Stream.of("a").gather(pool.mapping(String::length)).toList();
        try (var run = pool.batch(List.of("a"), List.of(1)).map((text, times) -> text.repeat(times))) {
            Stream<Outcome<String>> outcomes = run.outcomes();
        }
        try (var run = pool.batch(List.of("a")).chunkSize(2).ahead(9).map(text -> text + "!")) {
            List<String> all = run.toList();
        }
    }

    private static String text() {
        return "text";
    }
}
