package dev.caisson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TaskOptionsTest {

    @Test
    void asksForNothingByDefault() {
        assertThat(TaskOptions.DEFAULT.timeLimit()).isEmpty();
        assertThat(TaskOptions.DEFAULT.retries()).isZero();
        assertThat(TaskOptions.DEFAULT).hasToString("TaskOptions[retries=0, priority=0]");
    }

    @Test
    void keepsEachValueAndLeavesTheOriginalAlone() {
        Consumer<WorkerInfo> onAccepted = worker -> {};
        Consumer<WorkerInfo> onSoftTimeout = worker -> {};

        var options = TaskOptions.DEFAULT
                .withTimeLimit(Duration.ofSeconds(3))
                .withSoftTimeLimit(Duration.ofSeconds(2))
                .withQueueTimeLimit(Duration.ofSeconds(1))
                .withRetries(4)
                .withPriority(-5)
                .withLabel("parse a.pdf")
                .withCorrelationId("request-7")
                .withOnAccepted(onAccepted)
                .withOnSoftTimeout(onSoftTimeout)
                .withTotalTimeLimit(Duration.ofMinutes(1))
                .withRetryOn(RetryCause.TIMEOUT)
                .withRetryOnFailure(IOException.class)
                .withRetryBackoff(Duration.ofSeconds(5));

        assertThat(options.timeLimit()).contains(Duration.ofSeconds(3));
        assertThat(options.softTimeLimit()).contains(Duration.ofSeconds(2));
        assertThat(options.queueTimeLimit()).contains(Duration.ofSeconds(1));
        assertThat(options.totalTimeLimit()).contains(Duration.ofMinutes(1));
        assertThat(options.retries()).isEqualTo(4);
        assertThat(options.priority()).isEqualTo(-5);
        assertThat(options.label()).contains("parse a.pdf");
        assertThat(options.correlationId()).contains("request-7");
        assertThat(options.onAccepted()).contains(onAccepted);
        assertThat(options.onSoftTimeout()).contains(onSoftTimeout);
        assertThat(options.retryCauses()).containsExactly(RetryCause.TIMEOUT);
        assertThat(options.retryOnFailures()).containsExactly(IOException.class);
        assertThat(options.retryBackoff()).isEqualTo(Duration.ofSeconds(5));
        assertThat(TaskOptions.DEFAULT.label()).isEmpty();
    }

    @Test
    void isEqualWhenAllValuesAre() {
        var one = TaskOptions.DEFAULT.withPriority(1).withLabel("a");
        var other = TaskOptions.DEFAULT.withLabel("a").withPriority(1);

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isNotEqualTo(other.withRetries(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S"})
    @Tag("B11")
    void refusesLimitsThatAreNotPositive(Duration limit) {
        assertRefused("timeLimit is " + limit, options -> options.withTimeLimit(limit));
        assertRefused("softTimeLimit is " + limit, options -> options.withSoftTimeLimit(limit));
        assertRefused("queueTimeLimit is " + limit, options -> options.withQueueTimeLimit(limit));
        assertRefused("totalTimeLimit is " + limit, options -> options.withTotalTimeLimit(limit));
        assertRefused("retryBackoff is " + limit, options -> options.withRetryBackoff(limit));
    }

    @Test
    void refusesNegativeRetries() {
        assertRefused("retries is -1, but must be 0", options -> options.withRetries(-1));
    }

    @Test
    @SuppressWarnings("NullAway") // null is the point
    void refusesNullByName() {
        assertThatNullPointerException()
                .isThrownBy(() -> TaskOptions.DEFAULT.withTimeLimit(null))
                .withMessage("timeLimit");
        assertThatNullPointerException()
                .isThrownBy(() -> TaskOptions.DEFAULT.withLabel(null))
                .withMessage("label");
    }

    @Test
    void leavesComparingLimitsToSubmit() {
        var options = TaskOptions.DEFAULT.withTimeLimit(Duration.ofSeconds(1)).withSoftTimeLimit(Duration.ofSeconds(9));

        assertThat(options.softTimeLimit()).contains(Duration.ofSeconds(9));
    }

    private static void assertRefused(String message, UnaryOperator<TaskOptions> change) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> change.apply(TaskOptions.DEFAULT))
                .withMessageStartingWith(message);
    }
}
