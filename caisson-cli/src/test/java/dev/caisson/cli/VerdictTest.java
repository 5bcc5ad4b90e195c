package dev.caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.PoolBrokenException;
import dev.caisson.RemoteTaskException;
import dev.caisson.TaskTimeoutException;
import dev.caisson.WorkerDeath;
import dev.caisson.WorkerExitedException;
import dev.caisson.WorkerOutOfMemoryException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final WorkerDeath DEATH = new WorkerDeath(
            4711,
            0,
            134,
            Optional.of("SIGABRT"),
            Duration.ofSeconds(1),
            0,
            List.of(),
            Optional.of("Problematic frame: libx.so"));

    @Test
    void timeOutShowsTheStack() {
        var error = new TaskTimeoutException(
                "too long", TaskTimeoutException.Limit.HARD, Duration.ofSeconds(1), List.of("at A.b", "at C.d"), null);

        assertThat(Verdict.of(error))
                .isEqualTo(new Verdict(
                        Status.TIMEOUT, new Fault(TaskTimeoutException.class.getName(), "too long", "at A.b\nat C.d")));
    }

    @Test
    void whatTheMethodThrewAtItsSoftLimitIsToldAsItIs() {
        var thrown = new Fault("com.acme.Cut", "no time", "at A.b");
        var error = new TaskTimeoutException(
                "soft", TaskTimeoutException.Limit.SOFT, Duration.ofSeconds(1), List.of(), new TargetFailure(thrown));

        assertThat(Verdict.of(error)).isEqualTo(new Verdict(Status.TIMEOUT, thrown));
    }

    @Test
    void tellsOfOptionsRatherThanTheLibrarysSettings() {
        var error = new WorkerOutOfMemoryException("full: raise maxHeap or the softTimeLimit", DEATH);

        assertThat(Verdict.of(error).fault().message()).isEqualTo("full: raise --max-heap or the --soft-time-limit");
    }

    @Test
    void crashShowsTheCrashReport() {
        assertThat(Verdict.of(new WorkerExitedException("gone", DEATH)).status())
                .isEqualTo(Status.CRASHED);
        assertThat(Verdict.of(new WorkerExitedException("gone", DEATH)).fault().stack())
                .isEqualTo("Problematic frame: libx.so");
    }

    @Test
    void crashesOfOneKindAreKnownByTheirSignalAndPlace() {
        assertThat(Verdict.of(new WorkerExitedException("gone", DEATH)).fault().kind())
                .isEqualTo("SIGABRT");

        var report = "SIGSEGV (0xb) at pc=0x00007f7f2ca0aad8, pid=23523\nProblematic frame: C  [libc.so.6+0x167ad8]";
        var crash =
                new WorkerDeath(1, 0, 1, Optional.empty(), Duration.ofSeconds(1), 0, List.of(), Optional.of(report));
        assertThat(Verdict.of(new WorkerExitedException("gone", crash)).fault().kind())
                .isEqualTo("SIGSEGV in C  [libc.so.6+0x167ad8]");

        var exit = new WorkerDeath(1, 0, 7, Optional.empty(), Duration.ofSeconds(1), 0, List.of(), Optional.empty());
        assertThat(Verdict.of(new WorkerExitedException("gone", exit)).fault().kind())
                .isEqualTo("exit code 7");
    }

    @Test
    void tellsOutOfMemoryFromOtherDeaths() {
        assertThat(Verdict.of(new WorkerOutOfMemoryException("full", DEATH)).status())
                .isEqualTo(Status.OUT_OF_MEMORY);
    }

    @Test
    void brokenPoolRejects() {
        var error = new PoolBrokenException("too many deaths", new IllegalStateException("no such option"));

        assertThat(Verdict.of(error).status()).isEqualTo(Status.REJECTED);
        assertThat(Verdict.of(error).fault().stack()).contains("no such option");
    }

    @Test
    void cancelledIsNotFailed() {
        assertThat(Verdict.of(new CancellationException()).status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void whatTheMethodThrewIsFailedWhateverItWas() {
        var thrown = new TargetFailure(Fault.of(new CancellationException("by the method itself")));

        assertThat(Verdict.of(thrown).status()).isEqualTo(Status.FAILED);
        assertThat(Verdict.of(thrown).fault().type()).isEqualTo(CancellationException.class.getName());
    }

    @Test
    void everythingElseIsFailed() {
        assertThat(Verdict.of(new RemoteTaskException("x.Y", null, "", null)).status())
                .isEqualTo(Status.FAILED);
    }
}
