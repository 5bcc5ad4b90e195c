package dev.caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.TaskTimeoutException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TallyTest {

    @Test
    void countsEachStatusAndTheRate() {
        var tally = new Tally(3);
        tally.add(account("a", Status.OK, 1, null));
        tally.add(account("b", Status.FAILED, 1, "no"));
        tally.add(account("c", Status.OK, 1, null));

        assertThat(printed(out -> tally.printCounts(out, "input", 2000)))
                .isEqualTo("3 inputs in 2.0 s (1.5/s): 2 ok, 1 failed\n");
        assertThat(tally.allOk()).isFalse();
    }

    @Test
    void showsTheWorstFirstAndHowManyMoreThereAre() {
        var tally = new Tally(2);
        for (var i = 0; i < 10; i++) {
            tally.add(account("failed " + i, Status.FAILED, i, "no"));
        }
        tally.add(account("crashed", Status.CRASHED, 1, "The worker exited. It was full. Try less."));

        assertThat(printed(tally::printWorst).lines())
                .hasSize(4)
                .anyMatch(line -> line.matches(" *crashed .* 1 ms .* 99 .* crashed .* Error: It was full\\."))
                .anyMatch(line -> line.matches(" *failed .* failed 9 .*"))
                .anyMatch(line -> line.contains("… and 9 more"));
    }

    @Test
    void countsCausesThatInputsShare() {
        var tally = new Tally(1);
        for (var i = 0; i < 20; i++) {
            tally.add(account("a" + i, Status.FAILED, i, "no number: " + i));
        }

        assertThat(printed(tally::printCauses)).contains("Causes:").contains("20  failed         Error");
    }

    @Test
    void listsNoMoreThanSomeCauses() {
        var tally = new Tally(1);
        for (var i = 0; i < 2000; i++) {
            var fault = new Fault("x.Error" + i % 1500, "no", null);
            tally.add(new Account("a" + i, Status.FAILED, null, fault, i, 1, Optional.of(99L)));
        }

        assertThat(printed(tally::printCauses).lines())
                .hasSizeLessThan(12)
                .last()
                .asString()
                .contains("other causes");
    }

    @Test
    void givesEachStatusALineAmongTheCauses() {
        var tally = new Tally(1);
        for (var i = 0; i < 2000; i++) {
            var fault = new Fault("x.Error" + i % 1500, "no", null);
            tally.add(new Account("a" + i, Status.FAILED, null, fault, i, 1, Optional.of(99L)));
        }
        tally.add(account("late", Status.REJECTED, 1, "The pool broke."));
        tally.add(account("dead", Status.CRASHED, 1, "The worker exited. It was full."));

        assertThat(printed(tally::printCauses).lines())
                .anyMatch(line -> line.matches(" +1  rejected .*"))
                .anyMatch(line -> line.matches(" +1  crashed .*"))
                .last()
                .asString()
                .contains("992 or more other causes of 1984 inputs");
    }

    @Test
    void listsCausesWhenTheTableOfTheWorstHidesAStatus() {
        var tally = new Tally(1);
        tally.add(account("dead", Status.CRASHED, 1, "The worker exited. It was full."));
        tally.add(account("bad", Status.FAILED, 1, "no"));

        assertThat(printed(tally::printCauses)).contains("1  crashed", "1  failed");
    }

    @Test
    void namesTheSlowest() {
        var tally = new Tally(1);
        for (var i = 0; i < 20; i++) {
            tally.add(account("a" + i, Status.OK, i, null));
        }

        assertThat(printed(tally::printSlowest))
                .isEqualTo("Slowest that are ok: a19 (19 ms), a18 (18 ms), a17 (17 ms)\n");
    }

    @Test
    void oneIsOne() {
        var tally = new Tally(1);
        tally.add(account("a", Status.OK, 1, null));

        assertThat(printed(out -> tally.printCounts(out, "input", 1000))).startsWith("1 input in 1.0 s");
    }

    @Test
    void showsWhereATimeOutHung() {
        var tally = new Tally(1);
        var stack = "\"task\" RUNNABLE\n\tat java.base/java.lang.Thread.sleep(Thread.java:509)\n"
                + "\tat com.acme.Parser.parse(Parser.java:17)";
        tally.add(new Account(
                "a",
                Status.TIMEOUT,
                null,
                new Fault(TaskTimeoutException.class.getName(), "long", stack),
                9,
                1,
                Optional.empty()));

        assertThat(printed(tally::printWorst)).contains("hung in Parser.parse(Parser.java:17)");
    }

    @Test
    void lettersFromOutsideCannotMoveTheCursor() {
        var tally = new Tally(1);
        tally.add(account("a\u001B[2J", Status.FAILED, 1, "b\u001B[2J\nc"));

        assertThat(printed(tally::printWorst)).doesNotContain("\u001B");
    }

    @Test
    void nothingToDoIsAllOk() {
        var tally = new Tally(1);

        assertThat(tally.allOk()).isTrue();
        assertThat(printed(out -> tally.printCounts(out, "input", 0)))
                .contains("0 inputs")
                .contains("nothing done");
    }

    private static Account account(String input, Status status, long millis, @Nullable String message) {
        var fault = message == null ? null : new Fault("x.Error", message, null);
        return new Account(input, status, null, fault, millis, 1, Optional.of(99L));
    }

    private static String printed(Consumer<PrintStream> printing) {
        var bytes = new ByteArrayOutputStream();
        printing.accept(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
