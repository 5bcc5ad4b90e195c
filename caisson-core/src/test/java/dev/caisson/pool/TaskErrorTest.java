package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caisson.ProcessPool;
import dev.caisson.RemoteTaskException;
import dev.caisson.Task;
import dev.caisson.testing.Pools;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TaskErrorTest {

    private static ProcessPool pool;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(1);
    }

    @Test
    @Tag("E01")
    @Tag("row-31")
    void keepsTypeStateAndStackOfWhatATaskThrew() {
        var error = errorOf(() -> {
            throw new WithCode("no", 17);
        });

        assertThat(error).isInstanceOf(WithCode.class).hasMessage("no");
        assertThat(((WithCode) error).code).isEqualTo(17);
        assertThat(error.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(TaskErrorTest.class.getName())
                        && frame.getMethodName().startsWith("lambda$"));
    }

    @Test
    @Tag("E01")
    @Tag("row-31")
    void showsWhereTheTaskWasSubmitted() {
        var future = pool.submit(() -> Deeds.fail("no"));

        var thrown = catchThrowableOfType(ExecutionException.class, future::get);

        assertThat(printed(thrown))
                .contains("the task was submitted here")
                .contains("Deeds.fail")
                .contains("TaskErrorTest.showsWhereTheTaskWasSubmitted");
    }

    @Test
    void beginsThePlaceOfSubmissionWithTheCallerOfThePool() {
        var here = getClass().getName();

        assertThat(siteOf(() -> pool.submit(() -> Deeds.fail("no")).get())).isEqualTo(here);
        assertThat(siteOf(() -> pool.call(() -> Deeds.fail("no")))).isEqualTo(here);
        assertThat(siteOf(() -> pool.map(Deeds::fail, List.of("no")))).isEqualTo(here);
        assertThat(siteOf(() -> pool.invokeAny(List.of((Task<Object>) () -> Deeds.fail("no")))))
                .isEqualTo(here);
    }

    /// The class at the top of the place of submission.
    private static String siteOf(ThrowingCallable call) {
        var thrown = catchThrowableOfType(ExecutionException.class, call);
        return Objects.requireNonNull(thrown.getCause())
                .getSuppressed()[0]
                .getStackTrace()[0]
                .getClassName();
    }

    @Test
    @Tag("E02")
    void keepsTheChainOfCauses() {
        var error = errorOf(() -> {
            throw new IOException("outer", new IllegalStateException("inner"));
        });

        assertThat(error).isInstanceOf(IOException.class).hasMessage("outer");
        assertThat(error.getCause()).isInstanceOf(IllegalStateException.class).hasMessage("inner");
    }

    @Test
    @Tag("E06")
    void standsInForAnExceptionThatCantTravel() {
        var error = errorOf(() -> {
            throw new Unserializable("no", new IllegalStateException("inner"));
        });

        assertThat(error).isInstanceOfSatisfying(RemoteTaskException.class, standIn -> {
            assertThat(standIn.className()).isEqualTo(Unserializable.class.getName());
            assertThat(standIn.remoteMessage()).contains("no");
            assertThat(standIn.remoteStack())
                    .contains("Unserializable: no")
                    .contains("Caused by")
                    .contains("inner");
            assertThat(standIn.getCause()).hasMessageContaining("inner");
        });
    }

    @Test
    @Tag("E07")
    @Tag("Q10")
    void standsInForAnExceptionThatCantBeReadBack() throws Exception {
        long pid = pool.submit(Deeds::pid).get();

        var error = errorOf(() -> {
            throw new Unreadable("no");
        });

        assertThat(error).isInstanceOf(RemoteTaskException.class).hasMessageContaining("no");
        assertThat(pool.submit(Deeds::pid).get()).isEqualTo(pid);
    }

    @Test
    @Tag("E13")
    void bringsALongMessage() {
        var error = errorOf(() -> {
            throw new IllegalStateException("x".repeat(1 << 20));
        });

        assertThat(error.getMessage()).hasSize(1 << 20);
    }

    @Test
    @Tag("E03")
    @Tag("Q12")
    @Tag("row-33")
    void takesAnErrorForAnOutcome() throws Exception {
        long pid = pool.submit(Deeds::pid).get();

        assertThat(errorOf(() -> {
                    throw new AssertionError("wrong");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessage("wrong");
        assertThat(errorOf(() -> recurse(0))).isInstanceOf(StackOverflowError.class);
        assertThat(pool.submit(Deeds::pid).get()).isEqualTo(pid);
    }

    private static int recurse(int depth) {
        return depth < 0 ? depth : recurse(depth + 1) + 1;
    }

    @Test
    @Tag("E05")
    @Tag("B24")
    @Tag("I26")
    void leavesTheNextTaskAlone() throws Exception {
        errorOf(() -> Deeds.fail("no"));

        assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
    }

    @Test
    @Tag("E10")
    void givesEachTaskItsOwnException() {
        assertThat(errorOf(() -> Deeds.fail("no"))).isNotSameAs(errorOf(() -> Deeds.fail("no")));
    }

    @Test
    @Tag("E04")
    void takesAnExceptionThatTakesNothing() {
        var error = errorOf(() -> {
            throw new Frozen();
        });

        assertThat(error).isInstanceOf(Frozen.class).hasMessage("frozen");
    }

    private static Throwable errorOf(Task<Object> task) {
        var thrown = catchThrowable(() -> pool.submit(task).get());
        assertThat(thrown).isInstanceOf(ExecutionException.class);
        return Objects.requireNonNull(thrown.getCause());
    }

    private static String printed(Throwable error) {
        var text = new StringWriter();
        error.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    private static final class WithCode extends Exception {
        private static final long serialVersionUID = 1L;
        final int code;

        WithCode(String message, int code) {
            super(message);
            this.code = code;
        }
    }

    private static final class Unserializable extends Exception {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings({"serial", "unused"}) // what it is about
        private final Object state = new Object();

        Unserializable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("unused")
        private final Poison poison = new Poison();

        Unreadable(String message) {
            super(message);
        }
    }

    private static final class Poison implements Serializable {
        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) {
            throw new IllegalStateException("can't be read");
        }
    }

    private static final class Frozen extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Frozen() {
            super("frozen", null, false, false);
        }
    }

    static final class Mute extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("I have no words");
        }
    }

    @Test
    void tellsOfAnExceptionThatCanNotTellItsMessage() {
        var future = pool.submit(() -> {
            throw new Mute();
        });

        assertThatThrownBy(future::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining(Mute.class.getName());
    }

    @Test
    void doesNotTakeWhatTheTaskThrewForACancel() {
        var future = pool.submit(() -> {
            throw new CancellationException("thrown by the task");
        });

        assertThatThrownBy(future::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(CancellationException.class)
                .hasMessage("thrown by the task");
        assertThat(future.isCancelled()).isFalse();
        assertThat(future.exceptionNow()).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() ->
                        pool.batch(List.of(1)).map(TaskErrorTest::cancelItself).toList())
                .isInstanceOf(ExecutionException.class);
    }

    private static int cancelItself(int number) {
        throw new CancellationException("thrown by the task for " + number);
    }
}
