package dev.caisson.examples;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What was found in a document.
///
/// @param title the title its author gave it, or null if it has none
/// @param type media type, such as `application/pdf`
/// @param author whoever is named first as an author, or null if nobody is
/// @param pages how many pages it says it has, or null if it doesn't say
/// @param characters length of its text
/// @param firstWords the beginning of its text, at most a line
public record Extracted(
        @Nullable String title,
        String type,
        @Nullable String author,
        @Nullable Integer pages,
        int characters,
        String firstWords)
        implements Serializable {

    /// Refuses null where there always is a value.
    public Extracted {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(firstWords, "firstWords");
    }
}
