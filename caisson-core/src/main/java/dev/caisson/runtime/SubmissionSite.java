package dev.caisson.runtime;

/// The stack of the thread that submitted a task. Added as suppressed to what the task threw, since the stack of a
/// failure in another process doesn't tell who asked for it.
final class SubmissionSite extends Throwable {

    private static final long serialVersionUID = 1L;

    SubmissionSite() {
        super("the task was submitted here", null, false, true);
    }
}
