package dev.caisson.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Which tests of all modules carry which tag, as their sources say.
///
/// A tag on a class counts as the class's, one on a method as `Class.method`.
final class TaggedTests {
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"([^\"]+)\"\\)");
    private static final Pattern DECLARATION = Pattern.compile("\\b(?:void|class|interface) +(\\w+)");

    private final SortedMap<String, Set<String>> testsByTag = new TreeMap<>();

    private TaggedTests() {}

    static TaggedTests in(SourceTree sources) throws IOException {
        var tests = new TaggedTests();
        for (var file : sources.filesEndingWith("Test.java")) {
            tests.read(file);
        }
        return tests;
    }

    Set<String> tags() {
        return testsByTag.keySet();
    }

    /// The tests that carry the tag, in alphabetical order.
    Set<String> with(String tag) {
        return testsByTag.getOrDefault(tag, Set.of());
    }

    private void read(Path file) throws IOException {
        var top = String.valueOf(file.getFileName()).replace(".java", "");
        var pending = new ArrayList<String>();
        for (var line : Files.readAllLines(file)) {
            if (line.strip().startsWith("//")) {
                continue;
            }
            TAG.matcher(line).results().map(tag -> tag.group(1)).forEach(pending::add);
            var declared = DECLARATION.matcher(line);
            if (!pending.isEmpty() && !line.strip().startsWith("@") && declared.find()) {
                var name = declared.group(1);
                add(pending, name.equals(top) ? top : top + "." + name);
                pending.clear();
            }
        }
    }

    private void add(List<String> tags, String test) {
        tags.forEach(tag ->
                testsByTag.computeIfAbsent(tag, ignored -> new TreeSet<>()).add(test));
    }
}
