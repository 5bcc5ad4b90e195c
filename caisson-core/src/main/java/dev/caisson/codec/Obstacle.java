package dev.caisson.codec;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The object that keeps another from being serialized.
///
/// @param root what was to be written
/// @param way from the root's part to the object at fault; empty if that is the root itself
/// @param culprit the object at fault
/// @param thrown what writing it threw; null if its class is just not serializable
record Obstacle(
        Object root,
        List<Part> way,
        Object culprit,
        @Nullable Throwable thrown) {

    /// The way in words.
    String path() {
        return way.stream()
                .filter(part -> part.kind() != Part.Kind.STORAGE)
                .map(Part::toString)
                .collect(Collectors.joining(" → "));
    }

    /// What is wrong.
    ///
    /// @param role what the root is: a task, an item
    String sentence(String role) {
        var where = way.isEmpty() ? role + " (" + TypeName.of(culprit) + ")" : role + " → " + path();
        return where
                + (thrown == null
                        ? " is not serializable."
                        : " can't be written: that threw " + Refusal.told(thrown) + ".");
    }

    /// What to do about it.
    ///
    /// @param role as above
    String advice(String role) {
        return role.equals("result") ? Advice.onResult(this) : Advice.on(this);
    }
}
