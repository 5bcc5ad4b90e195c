package dev.caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.TaskTimeoutException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// One line for people on why an input is not ok.
class CauseTest {

    private static final String EXIT = """
            Worker 0 (pid 4711) exited with code 1 after 12.4 s and 17 tasks, while running task 918 (attempt 1). The \
            task, or a library that it uses, called System.exit: take that call away, or throw instead. It was called here:
                at java.base/java.lang.System.exit(System.java:1541)
                at com.example.Parser.parse(Parser.java:63)
            Last output:
              Reading page 17
            """;

    @Test
    void namesTheCodeThatEndedTheWorker() {
        assertThat(cause(Status.CRASHED, EXIT, null, "exit code 1"))
                .isEqualTo("exit code 1, by Parser.parse(Parser.java:63)");
    }

    @Test
    void saysWhatTheMessageSaysAfterWhichWorkerItWas() {
        var killed = "Worker 0 (pid 4711) exited with code 137. 137 means it was killed. It printed nothing.";
        var silent = "Worker 0 (pid 4711) gave no sign of life. It was starved of CPU or memory. It printed nothing.";

        assertThat(cause(Status.CRASHED, killed, null, "SIGKILL")).isEqualTo("SIGKILL: 137 means it was killed.");
        assertThat(cause(Status.CRASHED, silent, null, "SIGKILL"))
                .isEqualTo("SIGKILL: It was starved of CPU or memory.");
        assertThat(cause(Status.OUT_OF_MEMORY, "It is full", null, "out of memory"))
                .isEqualTo("out of memory");
    }

    @Test
    void namesThePlaceOfACrashFromItsReport() {
        assertThat(cause(Status.CRASHED, EXIT, "the report", "SIGSEGV in C [libx.so]"))
                .isEqualTo("JVM crashed: SIGSEGV in C [libx.so]");
    }

    @Test
    void namesThePlaceWhereATaskHung() {
        var stack =
                "\"main\" RUNNABLE\n    at java.base/java.lang.Thread.sleep(Thread.java:1)\n    at a.b.C.d(C.java:2)";

        assertThat(cause(Status.TIMEOUT, "too long. More.", stack, "x")).isEqualTo("hung in C.d(C.java:2)");
        assertThat(cause(Status.TIMEOUT, "too long. More.", null, "x")).isEqualTo("no stacks: too long.");
        assertThat(cause(
                        Status.TIMEOUT,
                        "It still ran. It could not tell where it hung within 50 ms: its JVM was too busy. Raise it.",
                        null,
                        "x"))
                .isEqualTo("no stacks: its worker could not tell within 50 ms: its JVM was too busy.");
        assertThat(cause(Status.TIMEOUT, "too long. More.", stack + "\nDeadlock: \"a\" and \"b\"", "x"))
                .isEqualTo("deadlock in C.d(C.java:2)");
    }

    @Test
    void namesWhatTheMethodThrewWhenItWasInterrupted() {
        var thrown = new Fault("com.acme.Cut", "no time. More.", "com.acme.Cut: no time\n\tat com.acme.A.b(A.java:1)");
        var account = new Account("in", Status.TIMEOUT, null, thrown, 1, 1, Optional.empty());

        assertThat(Cause.of(account, 200)).isEqualTo("interrupted at --soft-time-limit, threw Cut: no time.");
        assertThat(Cause.kind(account, 200)).isEqualTo("interrupted at --soft-time-limit, threw Cut");
    }

    @Test
    void doesNotTakeTheEndOfACircleForACause() {
        var stack = "x.A: a\nCaused by: x.B: b\nCaused by: [CIRCULAR REFERENCE: x.A: a]";

        assertThat(cause(Status.FAILED, "a", stack, "A")).isEqualTo("Error, caused by B: b");
    }

    private static String cause(Status status, String message, @Nullable String stack, String kind) {
        var type = status == Status.TIMEOUT ? TaskTimeoutException.class.getName() : "x.Error";
        var fault = new Fault(type, message, stack, kind);
        return Cause.of(new Account("in", status, null, fault, 1, 1, Optional.empty()), 200);
    }
}
