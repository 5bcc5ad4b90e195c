package dev.caisson.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DocumentationTest {
    /// What stands in backticks and looks like a type: two words or more in camel case, perhaps with a nested type or a
    /// member after a dot, type parameters or arguments.
    private static final Pattern TYPE =
            Pattern.compile("`((?:[A-Z][a-z0-9]+){2,}|[A-Z][a-z0-9]+[A-Z]+[a-z0-9]*)[^`]*`");

    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```");

    private static final Pattern DECLARED =
            Pattern.compile("\\b(?:class|interface|enum|record|@interface) +([A-Z]\\w+)");

    /// Packages of the JDK that documents name types of without saying where they are from.
    private static final List<String> PACKAGES = List.of(
            "java.lang",
            "java.lang.foreign",
            "java.lang.invoke",
            "java.io",
            "java.net",
            "java.nio",
            "java.nio.channels",
            "java.nio.file",
            "java.time",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "java.util.concurrent.locks",
            "java.util.function",
            "java.util.logging",
            "java.util.stream");

    /// Names from elsewhere: other projects, other languages, product names.
    private static final Set<String> FOREIGN = Set.of(
            "NullAway",
            "ProcessPoolExecutor",
            "ThreadPoolExecutor",
            "SharedMemory",
            "GitHub",
            "BrokenProcessPool",
            "MockParser");

    private final SourceTree sources = SourceTree.find();

    @Test
    void namesOnlyTypesThatExist() throws IOException {
        var known = declaredTypes();
        var unknown = new ArrayList<String>();
        for (var document : sources.filesEndingWith(".md")) {
            var name = sources.root().relativize(document).toString();
            if (!name.startsWith("docs") && !name.equals("README.md")) {
                continue;
            }
            var text = CODE_BLOCK.matcher(Files.readString(document)).replaceAll("");
            TYPE.matcher(text)
                    .results()
                    .map(match -> match.group(1))
                    .distinct()
                    .filter(type -> !known.contains(type) && !FOREIGN.contains(type) && !isOfTheJdk(type))
                    .forEach(type -> unknown.add(name + ": " + type));
        }

        assertThat(unknown)
                .as(
                        "No such type in the sources or the JDK. Correct the document, or list a foreign name in %s.",
                        FOREIGN)
                .isEmpty();
    }

    private Set<String> declaredTypes() throws IOException {
        var types = sources.filesEndingWith(".java").stream()
                .flatMap(file -> {
                    try {
                        return DECLARED.matcher(Files.readString(file))
                                .results()
                                .map(match -> match.group(1));
                    } catch (IOException failure) {
                        throw new UncheckedIOException("Can't read " + file, failure);
                    }
                })
                .collect(Collectors.toSet());
        assertThat(types).contains("ProcessPool", "DocumentationTest");
        return types;
    }

    private static boolean isOfTheJdk(String type) {
        return PACKAGES.stream().anyMatch(home -> exists(home + "." + type));
    }

    private static boolean exists(String className) {
        try {
            Class.forName(className, false, null);
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }
}
