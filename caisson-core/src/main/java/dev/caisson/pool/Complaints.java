package dev.caisson.pool;

import dev.caisson.ByteSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is wrong with a pool's settings, gathered so that all of it can be told at once.
final class Complaints {

    private final List<String> found = new ArrayList<>();

    void unless(boolean holds, String complaint) {
        if (!holds) {
            found.add(complaint);
        }
    }

    int atLeastOne(String name, int value) {
        unless(value >= 1, name + " is " + value + ", but must be 1 or more");
        return Math.max(1, value);
    }

    Optional<Duration> positive(String name, @Nullable Duration value) {
        unless(
                value == null || value.isPositive(),
                name + " is " + value + ", but must be longer than zero; for none leave it out");
        return Optional.ofNullable(value);
    }

    Optional<ByteSize> size(String name, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(ByteSize.parse(text));
        } catch (IllegalArgumentException malformed) {
            found.add(name + ": " + malformed.getMessage());
            return Optional.empty();
        }
    }

    /// @throws IllegalArgumentException if there is anything to complain of
    void complain() {
        if (!found.isEmpty()) {
            throw new IllegalArgumentException("The pool can't be built: " + String.join("; ", found));
        }
    }
}
