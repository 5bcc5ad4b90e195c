package dev.caisson;

import java.io.Serializable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// A call with a result that can travel to a worker process.
///
/// A lambda written where a `Task` is expected is serializable without a cast. It takes along what it captures, so that
/// must be serializable too; [TaskPool#submit(Task)] refuses a task that isn't and names the field at fault. In the
/// worker the task is a copy: what it changes in captured objects is not seen by the caller.
///
/// @param <T> type of the result, which travels back and so must be serializable; may be null
@FunctionalInterface
public interface Task<T extends @Nullable Object> extends Callable<T>, Serializable {}
