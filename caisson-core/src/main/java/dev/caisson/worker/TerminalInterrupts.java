package dev.caisson.worker;

/// Makes this process ignore the terminal's Ctrl-C, which reaches all processes in its foreground: what it means for
/// the pool is the parent's decision.
///
/// By reflection, because javac can't be told to accept `sun.misc.Signal` without a warning. That costs a young JVM
/// some milliseconds, so it is done off the task thread, when the worker is ready. Where there is no such class or
/// signal, nothing is done.
final class TerminalInterrupts {

    private TerminalInterrupts() {}

    static void ignore() {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var interrupt = signal.getConstructor(String.class).newInstance("INT");
            signal.getMethod("handle", signal, handler)
                    .invoke(null, interrupt, handler.getField("SIG_IGN").get(null));
        } catch (ReflectiveOperationException | RuntimeException notHere) {
            // Then Ctrl-C ends this worker as well, a moment before the parent would.
        }
    }
}
