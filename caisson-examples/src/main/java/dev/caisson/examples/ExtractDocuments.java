package dev.caisson.examples;

import dev.caisson.ItemOutcome;
import dev.caisson.Outcome.Failure;
import dev.caisson.Outcome.Success;
import dev.caisson.ProcessPool;
import dev.caisson.TaskOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

/// Extracts the text of all documents of a folder, and survives each of them.
///
/// One that hangs costs ten seconds of one worker, one that crashes or fills the heap costs a worker; the others never
/// notice.
public final class ExtractDocuments {

    private ExtractDocuments() {}

    /// Prints a line for each document and then how many ended how.
    ///
    /// @param arguments the folder
    /// @throws IOException if the folder can't be read
    public static void main(String... arguments) throws IOException {
        if (arguments.length != 1) {
            System.err.println("Usage: ExtractDocuments FOLDER");
            System.exit(2);
        }
        var endings = new TreeMap<String, Integer>();
        var limit = TaskOptions.DEFAULT.withTimeLimit(Duration.ofSeconds(10));
        try (var pool = ProcessPool.builder().maxHeap("256m").build();
                var run = pool.batch(documents(Path.of(arguments[0])))
                        .options(limit)
                        .map(ExtractText::extract)) {
            run.unorderedItems().forEach(item -> {
                System.out.println(item.item() + ": " + line(item));
                endings.merge(ending(item), 1, Integer::sum);
            });
        }
        System.out.println(endings);
    }

    private static List<Path> documents(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String line(ItemOutcome<Path, Extracted> item) {
        return switch (item.outcome()) {
            case Success<Extracted>(var found) ->
                found.type() + ", " + found.characters() + " characters: " + found.firstWords();
            case Failure<Extracted>(var error) -> error.toString();
        };
    }

    private static String ending(ItemOutcome<Path, Extracted> item) {
        return switch (item.outcome()) {
            case Success<Extracted> success -> "ok";
            case Failure<Extracted>(var error) -> error.getClass().getSimpleName();
        };
    }
}
