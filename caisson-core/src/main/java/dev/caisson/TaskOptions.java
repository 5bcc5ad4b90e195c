package dev.caisson;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What one task asks for, over the defaults of its pool. Immutable: each `with…` method returns a changed copy.
///
/// A limit that is not set here is the pool's. Each value is checked by its method; limits are compared with each other
/// when a task is submitted, for only then are the pool's known.
public final class TaskOptions {

    /// No limits but the pool's, no retries, priority 0.
    public static final TaskOptions DEFAULT =
            new TaskOptions(new TaskOptionValues(TaskLimits.NONE, RetryRules.NONE, 0, null, null, null, null, null));

    /// How long a task waits between two attempts at most, whatever its back-off: a minute, or the back-off itself if
    /// that is longer.
    public static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);

    /// A limit of this length is none, whatever the pool's.
    public static final Duration UNLIMITED = Duration.ofSeconds(Long.MAX_VALUE);

    private static final String USUAL_OUTPUT = "64k";

    private static final String LEAVE_OUT = "For none leave it out";

    /// What to write instead of zero.
    private static final Map<String, String> REMEDIES = Map.of(
            "timeLimit", "To lift the pool's limit for this task use withoutTimeLimit()",
            "softTimeLimit", "To lift the pool's limit for this task use withoutSoftTimeLimit()",
            "queueTimeLimit", "To lift the pool's limit for this task use withoutQueueTimeLimit()");

    private final TaskOptionValues values;

    private TaskOptions(TaskOptionValues values) {
        this.values = values;
    }

    /// Limits how long the task may run; then the stacks of its threads are taken and its worker is killed.
    ///
    /// Counts from when the task begins, and covers reading the task and writing its result. Each attempt has it anew.
    ///
    /// @param limit longer than zero
    /// @return a changed copy
    /// @throws IllegalArgumentException if the limit is zero or negative
    public TaskOptions withTimeLimit(Duration limit) {
        return limits(values.limits().run(positive("timeLimit", limit)));
    }

    /// Lets the task run as long as it takes, whatever the pool's time limit.
    ///
    /// @return a changed copy
    public TaskOptions withoutTimeLimit() {
        return limits(values.limits().run(UNLIMITED));
    }

    /// Sets when a running task is interrupted. What it then returns counts; if it then throws, it has timed out.
    ///
    /// @param limit longer than zero, and at submit shorter than the time limit
    /// @return a changed copy
    /// @throws IllegalArgumentException if the limit is zero or negative
    public TaskOptions withSoftTimeLimit(Duration limit) {
        return limits(values.limits().soft(positive("softTimeLimit", limit)));
    }

    /// Lets the task run without being interrupted, whatever the pool's soft time limit.
    ///
    /// @return a changed copy
    public TaskOptions withoutSoftTimeLimit() {
        return limits(values.limits().soft(UNLIMITED));
    }

    /// Limits how long the task may wait before it begins.
    ///
    /// @param limit longer than zero
    /// @return a changed copy
    /// @throws IllegalArgumentException if the limit is zero or negative
    public TaskOptions withQueueTimeLimit(Duration limit) {
        return limits(values.limits().queue(positive("queueTimeLimit", limit)));
    }

    /// Lets the task wait as long as it takes, whatever the pool's queue time limit.
    ///
    /// @return a changed copy
    public TaskOptions withoutQueueTimeLimit() {
        return limits(values.limits().queue(UNLIMITED));
    }

    /// Limits how long the task may take altogether, from its submission over all attempts and the waits between them.
    /// Then it ends wherever it is: if it runs, the stacks of its threads are taken and its worker is killed.
    ///
    /// A task is not run again if this limit would strike before its next attempt: it ends as its last attempt did. An
    /// item of a batch counts from the submission of its chunk.
    ///
    /// @param limit longer than zero; none by default
    /// @return a changed copy
    /// @throws IllegalArgumentException if the limit is zero or negative
    public TaskOptions withTotalTimeLimit(Duration limit) {
        return limits(values.limits().total(positive("totalTimeLimit", limit)));
    }

    /// Allows the task to be run again after the death of its worker; by default it never is, for it may have had
    /// effects.
    ///
    /// However the last attempt fails, its error tells how the last few before it ended
    /// ([Throwable#getSuppressed()]). Other causes for a retry are chosen by [#withRetryOn(RetryCause...)] and
    /// [#withRetryOnFailure(Class...)]. Each item of a batch is run again alone.
    ///
    /// @param retries how often at most, from 0, whatever the causes
    /// @return a changed copy
    /// @throws IllegalArgumentException if the number is negative
    public TaskOptions withRetries(int retries) {
        if (retries < 0) {
            throw new IllegalArgumentException("retries is " + retries + ", but must be 0 (never run again) or more");
        }
        return retry(values.retry().times(retries));
    }

    /// Sets what the task is run again for, if it has retries left. Failures are chosen apart from that.
    ///
    /// @param causes all that are meant; none for failures only. [RetryCause#CRASH] by default
    /// @return a changed copy
    public TaskOptions withRetryOn(RetryCause... causes) {
        return retry(values.retry().causes(Set.copyOf(List.of(causes))));
    }

    /// Sets which of the task's own failures it is run again for, if it has retries left. None by default.
    ///
    /// What counts is the class of what the task throws, and those above it, by name; not those of its causes. What it
    /// throws after its soft limit has struck is no failure but a time-out: see [RetryCause#TIMEOUT].
    ///
    /// @param failures classes of exceptions or errors
    /// @return a changed copy
    @SafeVarargs
    public final TaskOptions withRetryOnFailure(Class<? extends Throwable>... failures) {
        var chosen = new HashSet<Class<? extends Throwable>>();
        for (var failure : failures) {
            chosen.add(Objects.requireNonNull(failure, "failure"));
        }
        return retry(values.retry().failures(Set.copyOf(chosen)));
    }

    /// Lets the task wait before it is run again: so long before the second attempt, twice as long before each further
    /// one, but never longer than [#LONGEST_BACKOFF]. It holds no worker meanwhile.
    ///
    /// @param first longer than zero; without it the task is run again at once
    /// @return a changed copy
    /// @throws IllegalArgumentException if the time is zero or negative
    public TaskOptions withRetryBackoff(Duration first) {
        return retry(values.retry().backoff(positive("retryBackoff", first)));
    }

    /// Sets which waiting task goes first: a higher priority does, among equals the one submitted earlier.
    ///
    /// Ten seconds of waiting count as much as one priority, so that nothing waits for ever behind what comes later. A
    /// task that was sent to a worker and has not begun is taken back for one that goes first.
    ///
    /// @param priority any number; 0 by default
    /// @return a changed copy
    public TaskOptions withPriority(int priority) {
        return new TaskOptions(values.priority(priority));
    }

    /// Names the task in messages, events and views.
    ///
    /// @param label for people to read
    /// @return a changed copy
    public TaskOptions withLabel(String label) {
        return new TaskOptions(values.label(Objects.requireNonNull(label, "label")));
    }

    /// Ties the task to something of the caller's, such as a request or a trace; the task can read it in the worker.
    ///
    /// @param correlationId the caller's id
    /// @return a changed copy
    public TaskOptions withCorrelationId(String correlationId) {
        return new TaskOptions(values.correlationId(Objects.requireNonNull(correlationId, "correlationId")));
    }

    /// Sets what to call when a worker begins the task. It stays in this process and runs on the callback executor.
    ///
    /// @param onAccepted takes the worker; called once for each attempt
    /// @return a changed copy
    public TaskOptions withOnAccepted(Consumer<WorkerInfo> onAccepted) {
        return new TaskOptions(values.onAccepted(Objects.requireNonNull(onAccepted, "onAccepted")));
    }

    /// Sets what to call when the task's soft time limit has struck and it is being interrupted. It stays in this
    /// process and runs on the callback executor; what it throws is logged.
    ///
    /// @param onSoftTimeout takes the worker; called once for each item and attempt
    /// @return a changed copy
    public TaskOptions withOnSoftTimeout(Consumer<WorkerInfo> onSoftTimeout) {
        return new TaskOptions(values.onSoftTimeout(Objects.requireNonNull(onSoftTimeout, "onSoftTimeout")));
    }

    /// Keeps what the task prints, 64 KiB of it.
    ///
    /// @return a changed copy
    /// @see #withOutput(String)
    public TaskOptions withOutput() {
        return withOutput(USUAL_OUTPUT);
    }

    /// Keeps what the task prints: [TaskFuture#output()] has it, as soon as the future is done, however the task ended.
    ///
    /// Then all lines between the task's begin and its end are known as its own, also those of subprocesses and native
    /// code. They go to the pool's [WorkerOutput] as well. Costs four writes for each task. Not for items of batches.
    ///
    /// @param size how much is kept, such as `"64k"`, in characters: of more the last lines, 10,000 at most, and how
    /// many
    ///     went before; of a single line that is longer its beginning
    /// @return a changed copy
    /// @throws IllegalArgumentException if it is no size
    public TaskOptions withOutput(String size) {
        return new TaskOptions(values.outputLimit(ByteSize.parse(size)));
    }

    /// How long the task may run.
    ///
    /// @return the limit, [#UNLIMITED] for none, or empty for the pool's
    public Optional<Duration> timeLimit() {
        return Optional.ofNullable(values.limits().run());
    }

    /// When the running task is interrupted.
    ///
    /// @return the limit, [#UNLIMITED] for none, or empty for the pool's
    public Optional<Duration> softTimeLimit() {
        return Optional.ofNullable(values.limits().soft());
    }

    /// How long the task may wait.
    ///
    /// @return the limit, [#UNLIMITED] for none, or empty for the pool's
    public Optional<Duration> queueTimeLimit() {
        return Optional.ofNullable(values.limits().queue());
    }

    /// How long the task may take altogether.
    ///
    /// @return the limit, or empty for none
    public Optional<Duration> totalTimeLimit() {
        return Optional.ofNullable(values.limits().total());
    }

    /// How often the task may be run again.
    ///
    /// @return 0 or more
    public int retries() {
        return values.retry().times();
    }

    /// What the task is run again for, besides failures.
    ///
    /// @return unmodifiable
    public Set<RetryCause> retryCauses() {
        return values.retry().causes();
    }

    /// Which failures the task is run again for.
    ///
    /// @return unmodifiable
    public Set<Class<? extends Throwable>> retryOnFailures() {
        return values.retry().failures();
    }

    /// How long the task waits before its second attempt.
    ///
    /// @return zero for not at all
    public Duration retryBackoff() {
        return values.retry().backoff();
    }

    /// Which waiting task goes first.
    ///
    /// @return the priority, higher first
    public int priority() {
        return values.priority();
    }

    /// The task's name for people.
    ///
    /// @return the label, if there is one
    public Optional<String> label() {
        return Optional.ofNullable(values.label());
    }

    /// The caller's id.
    ///
    /// @return the id, if there is one
    public Optional<String> correlationId() {
        return Optional.ofNullable(values.correlationId());
    }

    /// What is called when a worker begins the task.
    ///
    /// @return the consumer, if there is one
    public Optional<Consumer<WorkerInfo>> onAccepted() {
        return Optional.ofNullable(values.onAccepted());
    }

    /// What is called when the task is interrupted at its soft limit.
    ///
    /// @return the consumer, if there is one
    public Optional<Consumer<WorkerInfo>> onSoftTimeout() {
        return Optional.ofNullable(values.onSoftTimeout());
    }

    /// How much of the task's output is kept.
    ///
    /// @return the limit in characters, or empty if it is not kept
    public Optional<ByteSize> outputLimit() {
        return Optional.ofNullable(values.outputLimit());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TaskOptions options && values.equals(options.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return "TaskOptions" + values;
    }

    private TaskOptions limits(TaskLimits limits) {
        return new TaskOptions(values.limits(limits));
    }

    private TaskOptions retry(RetryRules rules) {
        return new TaskOptions(values.retry(rules));
    }

    private static Duration positive(String name, Duration limit) {
        Objects.requireNonNull(limit, name);
        if (!limit.isPositive()) {
            throw new IllegalArgumentException(name + " is " + limit + ", but must be longer than zero. "
                    + REMEDIES.getOrDefault(name, LEAVE_OUT));
        }
        return limit;
    }
}
