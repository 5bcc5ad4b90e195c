package dev.caisson.cli;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// A line of results, read back as far as a later run has to know it.
///
/// @param target what was run, if the line tells
record EarlierLine(String input, Status status, Optional<String> target) {

    private static final String BEGINNING = "{\"input\":";

    // What was once written must be readable, however large.
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /// Reads a line; empty if it is no whole result.
    static Optional<EarlierLine> parse(String line) {
        String input = null;
        String status = null;
        String target = null;
        try (var json = JSON.createParser(ObjectReadContext.empty(), line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                var name = json.currentName();
                var value = json.nextToken() == JsonToken.VALUE_STRING ? json.getString() : null;
                json.skipChildren();
                switch (name) {
                    case "input" -> input = value;
                    case "status" -> status = value;
                    case "target" -> target = value;
                    default -> {
                        // The rest is for others.
                    }
                }
            }
            return json.nextToken() == null ? of(input, status, target) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /// Whether a text is how a result begins, as it is when the process was killed while it wrote one.
    static boolean isBeginning(String text) {
        return text.startsWith(BEGINNING) || BEGINNING.startsWith(text);
    }

    private static Optional<EarlierLine> of(@Nullable String input, @Nullable String status, @Nullable String target) {
        if (input == null) {
            return Optional.empty();
        }
        return Arrays.stream(Status.values())
                .filter(known -> known.toString().equals(status))
                .findFirst()
                .map(known -> new EarlierLine(input, known, Optional.ofNullable(target)));
    }
}
