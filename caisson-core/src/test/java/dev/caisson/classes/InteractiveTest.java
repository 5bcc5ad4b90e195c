package dev.caisson.classes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Code typed into jshell, in this process and in a process of jshell's own.
@Tag("row-9")
@Tag("F12")
class InteractiveTest {

    @ParameterizedTest
    @ValueSource(strings = {"local", "jdi"})
    @Tag("F13")
    void runsWhatIsTypedIntoJshellAlsoAfterItWasDefinedAnew(String engine) {
        try (var shell = JShell.builder().executionEngine(engine).build()) {
            shell.addToClasspath(System.getProperty("java.class.path"));
            eval(shell, "import dev.caisson.*;");
            eval(shell, "var pool = ProcessPool.builder().workers(1).output(WorkerOutput.discard()).build();");
            try {
                eval(shell, "int base = 40;");
                eval(shell, "int plus(int n) { return n + 2; }");
                eval(shell, "record Pair2(int first, String second) implements java.io.Serializable {}");

                assertThat(eval(shell, "pool.submit(() -> plus(40)).get()")).isEqualTo("42");
                assertThat(eval(shell, "pool.submit(() -> new Pair2(1, \"a\")).get()"))
                        .isEqualTo("Pair2[first=1, second=a]");
                assertThat(eval(shell, "pool.map(n -> plus(n), java.util.List.of(1, 2, 3))"))
                        .isEqualTo("[3, 4, 5]");

                eval(shell, "int plus(int n) { return n + 100; }");

                assertThat(eval(shell, "pool.submit(() -> plus(40)).get()")).isEqualTo("140");
                assertThat(
                                eval(
                                        shell,
                                        "pool.submit(() -> { throw new IllegalStateException(\"typed\"); }).handle((v, e) -> e.getMessage()).toCompletableFuture().get()"))
                        .isEqualTo("\"typed\"");
            } finally {
                eval(shell, "pool.terminate(); pool.awaitTermination(10, java.util.concurrent.TimeUnit.SECONDS);");
            }
        }
    }

    private static String eval(JShell shell, String code) {
        String value = "";
        var rest = code;
        while (!rest.isEmpty()) {
            var completion = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            List<SnippetEvent> events = shell.eval(completion.source());
            for (var event : events) {
                if (event.exception() != null) {
                    throw new AssertionError("`" + completion.source() + "` threw", event.exception());
                }
                var complaints = shell.diagnostics(event.snippet())
                        .map(each -> each.getMessage(null))
                        .toList();
                assertThat(event.status() != Snippet.Status.REJECTED)
                        .as("`%s`: %s", completion.source(), complaints)
                        .isTrue();
                value = event.value() == null ? value : event.value();
            }
            rest = completion.remaining();
        }
        return value;
    }
}
