package dev.caisson;

import java.io.Serializable;

/// Surrounds each task in its worker, to put what logs should tell of it into the log context, for one:
///
/// ```java
/// builder.aroundTask(task -> MDC.putCloseable("request", task.correlationId().orElse("")));
/// ```
///
/// It travels to the workers as tasks do. What it throws is the task's failure.
@FunctionalInterface
public interface AroundTask extends Serializable {

    /// Called before each attempt at a task, and before each item of a chunk, on the thread that will run it, within
    /// its limits. [TaskContext#current()] answers already.
    ///
    /// @param task what is about to run
    /// @return closed after the task on the same thread, whatever became of it
    /// @throws Exception to fail the task, which is not run then
    AutoCloseable enter(TaskContext task) throws Exception;
}
