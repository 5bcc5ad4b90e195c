package dev.caisson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OutcomeTest {

    @Test
    void givesTheValueOfASuccess() {
        Outcome<String> outcome = new Outcome.Success<>("text");

        assertThat(outcome.isSuccess()).isTrue();
        assertThat(outcome.orElseThrow()).isEqualTo("text");
    }

    @Test
    void allowsNullAsAValue() {
        Outcome<@Nullable String> outcome = new Outcome.Success<@Nullable String>(null);

        assertThat(outcome.orElseThrow()).isNull();
    }

    @Test
    void throwsTheErrorOfAFailureAsCause() {
        var error = new IOException("disk full");
        Outcome<String> outcome = new Outcome.Failure<>(error);

        assertThat(outcome.isSuccess()).isFalse();
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(outcome::orElseThrow)
                .withCause(error);
    }

    @Test
    void isTakenApartByASwitch() {
        Outcome<String> outcome = new Outcome.Success<>("text");

        var text = switch (outcome) {
            case Outcome.Success<String>(var value) -> value;
            case Outcome.Failure<String>(var error) -> error.toString();
        };

        assertThat(text).isEqualTo("text");
    }
}
