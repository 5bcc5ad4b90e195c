package dev.caisson.worker;

/// Makes this process ignore the signals that ask programs to stop: SIGINT, SIGTERM and SIGHUP.
///
/// A terminal, a service manager or a container's stop sends them to all processes of a program, workers included. What
/// they mean for the pool is the program's decision, which may just be letting tasks finish.
///
/// By reflection, because javac can't be told to accept `sun.misc.Signal` without a warning. That costs a young JVM
/// some milliseconds, so it is done off the task thread, when the worker is ready. Where there is no such class or
/// signal, nothing is done.
final class StopSignals {

    private static final String[] NAMES = {"INT", "TERM", "HUP"};

    private StopSignals() {}

    static void ignore() {
        for (var name : NAMES) {
            ignore(name);
        }
    }

    private static void ignore(String name) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var stop = signal.getConstructor(String.class).newInstance(name);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, stop, handler.getField("SIG_IGN").get(null));
        } catch (ReflectiveOperationException | RuntimeException notHere) {
            // Then this signal ends the worker as well, a moment before the parent would.
        }
    }
}
