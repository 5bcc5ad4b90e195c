package dev.caisson.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Targets that are source files as people have them: in a package, among others, with libraries.
class SourceFileTest {

    @TempDir
    private Path folder;

    private final Screen screen = new Screen();

    @BeforeEach
    void writeLibrary() throws IOException {
        var source = write("library-source/lib/Suffix.java", """
                package lib;
                public class Suffix { public static String of(String text) { return text + "!"; } }
                """);
        var compiled = Files.createDirectories(folder.resolve("library"));
        ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", compiled.toString(), source.toString());
    }

    @Test
    void usesOtherSourcesOfItsTreeAndTheClassPath() throws IOException {
        write("src/com/acme/text/Words.java", """
                package com.acme.text;
                public record Words(String first, String last) {}
                """);
        write("src/com/acme/Neighbour.java", """
                package com.acme;
                class Neighbour { static String upper(String text) { return text.toUpperCase(); } }
                """);
        var main = write("src/com/acme/Main.java", """
                package com.acme;
                import com.acme.text.Words;
                class Main {
                    private Main() {}
                    static Words split(String text) {
                        return new Words(Neighbour.upper(text), Second.twice(lib.Suffix.of(text)));
                    }
                }
                class Second { static String twice(String text) { return text + text; } }
                """);

        var exit = screen.run(
                "map",
                main.toString(),
                "--class-path",
                folder.resolve("library").toString(),
                "-j",
                "1",
                "ab");

        assertThat(screen.err()).contains("1 input in").contains("1 ok");
        assertThat(exit).isEqualTo(Main.OK);
        var line = ResultLine.of(screen.lines().getFirst());
        assertThat(line.field("value.first")).isEqualTo("AB");
        assertThat(line.field("value.last")).isEqualTo("ab!ab!");
        assertThat(line.field("target")).isEqualTo("com.acme.Main::split(String)");
    }

    @Test
    void showsTheErrorsOfAnotherSourceAsTheCompilerDoes() throws IOException {
        write("Other.java", "class Other { static int of(String text) { return text; } }");
        var main = write("Main.java", "class Main { static int of(String text) { return Other.of(text); } }");

        assertThat(screen.run("map", main.toString(), "1")).isEqualTo(Main.WRONG_USAGE);

        assertThat(screen.err())
                .contains("Other.java:1: error: incompatible types: String cannot be converted to int")
                .contains("1 error");
    }

    @Test
    void asksForTheFileNameOfOneOfSeveralClasses() throws IOException {
        var main = write("Main.java", "class A { static int a(String text) { return 1; } } class B {}");

        assertThat(screen.run("map", main.toString(), "1")).isEqualTo(Main.WRONG_USAGE);

        assertThat(screen.err()).contains("declares the classes A, B, and none is named after it");
    }

    @Test
    void prefersASourceToTheClassThatWasMadeOfItOnce() throws IOException {
        var other = write("Other.java", "class Other { static String of(String text) { return \"old\"; } }");
        ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", folder.toString(), other.toString());
        write("Other.java", "class Other { static String of(String text) { return \"new\"; } }");
        Files.setLastModifiedTime(other, FileTime.from(Instant.EPOCH));
        var main = write("Main.java", "class Main { static String of(String text) { return Other.of(text); } }");

        try (var source = CompiledSource.compile(main, List.of(folder))) {
            assertThat(new TargetFinder(source.before(List.of(folder))).find(source.className(), Optional.empty()))
                    .hasToString("Main::of(String)");
            assertThat(source.before(List.of()).getFirst().resolve("Other.class"))
                    .exists();
        }
    }

    @Test
    void showsTheFirstOfManyMessages() throws IOException {
        var main = write("Main.java", "class Main { " + "int \u0001; ".repeat(100) + "\n}");

        assertThat(screen.run("map", main.toString(), "1")).isEqualTo(Main.WRONG_USAGE);

        assertThat(screen.err().lines()).hasSizeBetween(40, 45);
        assertThat(screen.err()).containsPattern("… and \\d+ more lines").doesNotContain("\u0001");
    }

    @Test
    void refusesASourceThatIsNoText() throws IOException {
        var main = folder.resolve("Main.java");
        Files.write(main, "class Main { static String of(String text) { return \"\u00E9\"; } }".getBytes(ISO_8859_1));

        assertThat(screen.run("map", main.toString(), "1")).isEqualTo(Main.WRONG_USAGE);

        assertThat(screen.err()).contains("unmappable character (0xE9) for encoding UTF-8");
    }

    @Test
    void leavesNoFolderIfTheProcessEndsWhileItCompiles() {
        var source = new CompiledSource("Main");

        source.close();

        assertThatThrownBy(() -> source.fill(ClassesInMemory.of(ToolProvider.getSystemJavaCompiler())))
                .isInstanceOf(IllegalStateException.class);
        assertThat(source.before(List.of())).isEmpty();
    }

    private Path write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
