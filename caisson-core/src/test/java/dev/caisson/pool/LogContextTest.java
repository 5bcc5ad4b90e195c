package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.AroundTask;
import dev.caisson.OutputLine;
import dev.caisson.StartMethod;
import dev.caisson.TaskContext;
import dev.caisson.TaskOptions;
import dev.caisson.TaskSerializationException;
import dev.caisson.testing.Await;
import dev.caisson.testing.Pools;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.MDC;

/// Label and correlation id get into what tasks log.
@Tag("row-27")
class LogContextTest {

    private static final TaskOptions OPTIONS =
            TaskOptions.DEFAULT.withLabel("a.pdf").withCorrelationId("request 7");

    @Test
    void putsTheCorrelationIdIntoWhatATaskLogs(Pools pools) throws Exception {
        var lines = new ConcurrentLinkedQueue<OutputLine>();
        var pool = pools.open(builder -> builder.output(lines::add)
                .initializer(LogContextTest::logWithContext)
                .aroundTask(Context::enter));

        var future = pool.submit(() -> Logger.getLogger("app").warning("parsing"), OPTIONS);
        future.get();

        Await.until("the line came", () -> !lines.isEmpty());
        assertThat(lines.element().text())
                .isEqualTo("request 7 | caisson-worker-0 task " + future.id() + " 'a.pdf' [request 7] | parsing");
        assertThat(pool.submit(() -> Context.VALUE.get() == null).get())
                .as("without a correlation id there is nothing left of the one before")
                .isTrue();
    }

    private static void logWithContext() {
        for (var handler : Logger.getLogger("").getHandlers()) {
            handler.setFormatter(new Formatter() {
                @Override
                public String format(LogRecord entry) {
                    return Context.VALUE.get() + " | " + Thread.currentThread().getName() + " | " + entry.getMessage()
                            + "\n";
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SPAWN", "IN_PROCESS"})
    void surroundsEachItemWhateverBecomesOfIt(StartMethod method, Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.startMethod(method).aroundTask(Context::enter));
        var options = TaskOptions.DEFAULT.withCorrelationId("batch 3");

        var texts = pool.batch(List.of(1, 0, 2)).chunkSize(3).options(options).map(LogContextTest::divide);

        assertThat(texts.items().map(item -> item.outcome().toString()).toList())
                .anyMatch(text -> text.contains("batch 3: 2"))
                .anyMatch(text -> text.contains("ArithmeticException"))
                .anyMatch(text -> text.contains("batch 3: 1"));
        assertThat(pool.submit(() -> String.valueOf(Context.VALUE.get())).get()).isEqualTo("null");
    }

    private static String divide(int number) {
        return Context.VALUE.get() + ": " + 2 / number;
    }

    @Test
    void namesBothInErrorsOfThePool(Pools pools) {
        var pool = pools.open(builder -> builder.startMethod(StartMethod.IN_PROCESS));

        var future = pool.submit(Deeds::hang, OPTIONS.withTimeLimit(Duration.ofMillis(50)));

        assertThatThrownBy(future::get)
                .cause()
                .hasMessageStartingWith("Task " + future.id() + " 'a.pdf' [request 7] (attempt 1) still ran");
    }

    @ParameterizedTest
    @EnumSource(names = {"SPAWN", "IN_PROCESS"})
    void namesBothInTheTasksOwnErrorsAndInTheNameOfItsThread(StartMethod method, Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.startMethod(method));

        var failing = pool.submit(() -> Deeds.fail("unreadable"), OPTIONS);
        var naming = pool.submit(() -> Thread.currentThread().getName(), OPTIONS);

        assertThatThrownBy(failing::get)
                .cause()
                .hasMessage("unreadable")
                .satisfies(error -> assertThat(error.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("the task 'a.pdf' [request 7] was submitted here"));
        assertThat(naming.get()).endsWith("-worker-0 task " + naming.id() + " 'a.pdf' [request 7]");
    }

    /// Whoever finds only the printed error knows which task it was.
    @Test
    @Tag("row-31")
    void namesBothInWhateverATaskEndsWith(Pools pools) {
        var pool = pools.open(1);
        var limit = Duration.ofMillis(100);
        var hanging = pool.submit(Deeds::hang, OPTIONS);
        Deeds.begun(hanging);
        var late = pool.submit(() -> 1, OPTIONS.withQueueTimeLimit(limit));
        Await.until("it is late", late::isDone);
        hanging.cancel(true);

        var futures = List.of(
                hanging,
                late,
                pool.submit(Deeds::hang, OPTIONS.withSoftTimeLimit(limit)),
                pool.submit(Deeds::spin, OPTIONS.withTimeLimit(limit)),
                pool.submit(Deeds::killSelf, OPTIONS),
                pool.submit(() -> System.exit(0), OPTIONS),
                pool.submit(() -> Deeds.fail("no"), OPTIONS),
                pool.submit(() -> new Object(), OPTIONS));

        for (var future : futures) {
            assertThatThrownBy(() -> future.get(20, TimeUnit.SECONDS))
                    .satisfies(
                            error -> assertThat(Throwables.getStackTrace(error)).contains("'a.pdf' [request 7]"));
        }
    }

    @Test
    void failsTheTaskWhoseSurroundingsFail(Pools pools) {
        var pool = pools.open(builder -> builder.startMethod(StartMethod.IN_PROCESS)
                .aroundTask(task -> {
                    throw new IllegalStateException("no context for " + task.taskId());
                }));

        var future = pool.submit(() -> 1);

        assertThatThrownBy(future::get).hasRootCauseMessage("no context for " + future.id());
    }

    @Test
    void refusesWhatCantTravel(Pools pools) {
        var lock = new Object();

        assertThatThrownBy(() -> pools.open(builder -> builder.aroundTask(task -> () -> lock.notifyAll())))
                .isInstanceOf(TaskSerializationException.class)
                .hasMessageContaining("aroundTask");
    }

    /// It fits what people have.
    @Test
    void takesTheCloseableOfAnMdc() throws Exception {
        AroundTask around =
                task -> MDC.putCloseable("request", task.correlationId().orElse(""));

        assertThat(around).isNotNull();
    }

    /// Stands for the context of a logging library.
    private static final class Context {

        static final ThreadLocal<String> VALUE = new ThreadLocal<>();

        static AutoCloseable enter(TaskContext task) {
            task.correlationId().ifPresent(VALUE::set);
            return VALUE::remove;
        }
    }
}
