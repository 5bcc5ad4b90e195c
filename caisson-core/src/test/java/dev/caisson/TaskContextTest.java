package dev.caisson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TaskContextTest {

    @Test
    void isAbsentOutsideTasksAndSaysWhy() {
        assertThat(TaskContext.find()).isEmpty();
        assertThatIllegalStateException()
                .isThrownBy(TaskContext::current)
                .withMessageContaining("runs no task")
                .withMessageContaining(Thread.currentThread().getName());
    }

    @Test
    void answersForTheHostWhileTheBodyRuns() throws Exception {
        var text = TaskContext.call(new FakeHost(7), () -> {
            var context = TaskContext.current();
            return context.taskId() + " " + context.attempt() + " " + context.remaining() + " "
                    + context.label().orElseThrow() + " " + context.cancelled() + " "
                    + context.correlationId().isPresent();
        });

        assertThat(text).isEqualTo("7 2 PT3S parse false false");
        assertThat(TaskContext.find()).isEmpty();
    }

    @Test
    void bringsTheOuterContextBack() throws Exception {
        var ids = TaskContext.call(new FakeHost(1), () -> {
            var inner = TaskContext.call(
                    new FakeHost(2), () -> TaskContext.current().taskId());
            return List.of(inner, TaskContext.current().taskId());
        });

        assertThat(ids).containsExactly(2L, 1L);
    }

    @Test
    void isGoneAfterTheBodyThrew() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> TaskContext.call(new FakeHost(1), () -> {
                    throw new IOException("disk full");
                }));
        assertThat(TaskContext.find()).isEmpty();
    }

    @Test
    void bindsOnlyTheThreadOfTheTask() throws Exception {
        var elsewhere = new ArrayList<Boolean>();

        TaskContext.call(new FakeHost(1), () -> {
            var thread = Thread.ofVirtual()
                    .start(() -> elsewhere.add(TaskContext.find().isPresent()));
            thread.join();
            return null;
        });

        assertThat(elsewhere).containsExactly(false);
    }

    @Test
    void handsOnProgressWithinBoundsAndRefusesNonsense() throws Exception {
        var host = new FakeHost(1);

        TaskContext.call(host, () -> {
            TaskContext.current().progress(0.5, "page 1");
            TaskContext.current().progress(1.0000001, "page 2");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TaskContext.current().progress(Double.NaN, "page 3"))
                    .withMessageContaining("NaN");
            return null;
        });

        assertThat(host.told).containsExactly(new TaskProgress(0.5, "page 1"), new TaskProgress(1, "page 2"));
    }

    private static final class FakeHost implements TaskContext.Host {

        private final long taskId;
        private final List<TaskProgress> told = new ArrayList<>();

        FakeHost(long taskId) {
            this.taskId = taskId;
        }

        @Override
        public boolean cancelled() {
            return false;
        }

        @Override
        public Duration remaining() {
            return Duration.ofSeconds(3);
        }

        @Override
        public int attempt() {
            return 2;
        }

        @Override
        public long taskId() {
            return taskId;
        }

        @Override
        public Optional<String> label() {
            return Optional.of("parse");
        }

        @Override
        public Optional<String> correlationId() {
            return Optional.empty();
        }

        @Override
        public void progress(double fraction, String note) {
            told.add(new TaskProgress(fraction, note));
        }
    }
}
