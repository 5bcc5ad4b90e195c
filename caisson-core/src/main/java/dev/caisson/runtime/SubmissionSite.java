package dev.caisson.runtime;

import dev.caisson.TaskOptions;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The stack of the thread that submitted a task. Added as suppressed to every error that a task ends with, since the
/// stack of a failure in another process doesn't tell who asked for it.
public final class SubmissionSite extends Throwable {

    private static final long serialVersionUID = 1L;

    /// Where a call goes through on its way here.
    private static final Pattern OWN =
            Pattern.compile("dev\\.caisson\\.((runtime|batch)\\..*|pool\\.(LocalPool|BulkInvocation))");

    private final @Nullable String label;
    private final @Nullable String correlationId;

    /// @param options of the task, whose names are told
    public SubmissionSite(TaskOptions options) {
        super(null, null, false, true);
        this.label = options.label().orElse(null);
        this.correlationId = options.correlationId().orElse(null);
    }

    @Override
    public String getMessage() {
        return "the task" + (label == null ? "" : " '" + Printable.label(label) + "'")
                + (correlationId == null ? "" : " [" + Printable.label(correlationId) + "]") + " was submitted here";
    }

    /// Tells an error where its task comes from, once.
    void addTo(Throwable error) {
        trim();
        if (!Arrays.asList(error.getSuppressed()).contains(this)) {
            error.addSuppressed(this);
        }
    }

    /// Begins with the caller of the pool. Left until there is an error to tell, because it costs more than all else of
    /// a submit.
    private void trim() {
        var frames = getStackTrace();
        var callers = Arrays.stream(frames)
                .dropWhile(frame -> OWN.matcher(frame.getClassName()).matches())
                .toArray(StackTraceElement[]::new);
        if (callers.length > 0 && callers.length < frames.length) {
            setStackTrace(callers);
        }
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // a section of a print, not an error: its class would mislead
    public String toString() {
        return getMessage();
    }
}
