package dev.caisson;

import java.io.Serializable;
import java.util.concurrent.CompletionException;

/// A call without a result that can travel to a worker process.
///
/// The pool calls [#perform()], so that checked exceptions reach the future as they are. [#run()] is for everybody else
/// who takes a [Runnable].
///
/// @see Task what may be captured
@FunctionalInterface
public interface Action extends Runnable, Serializable {

    /// Does the work.
    ///
    /// @throws Exception whatever went wrong; the future of the task fails with it
    void perform() throws Exception;

    /// Performs this action, its checked exceptions wrapped; an interrupt is also noted in the thread's flag.
    ///
    /// @throws CompletionException with the checked exception as its cause
    @Override
    @SuppressWarnings("FunctionalInterfaceMethodChanged") // being a Runnable is wanted, so that executors take actions
    default void run() {
        try {
            perform();
        } catch (RuntimeException failure) {
            throw failure;
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new CompletionException(interrupt);
        } catch (Exception failure) {
            throw new CompletionException(failure);
        }
    }
}
