package dev.caisson.worker;

/// A stack as lines, as an exception prints them, without what the worker itself has below the task and what the JVM
/// made for a lambda. The middle of a long one is left out.
final class StackText {

    /// How many of the oldest frames are kept of a long stack: they tell who called.
    private static final int OLDEST = 12;

    private StackText() {}

    /// Adds the frames of a stack, a line each.
    ///
    /// @param most how many frames, at most
    static void append(StringBuilder text, StackTraceElement[] stack, int most) {
        var end = taskEnd(stack);
        var shown = 0;
        for (var i = 0; i < end; i++) {
            if (isOfLambda(stack[i])) {
                continue;
            }
            if (shown == most - OLDEST && end - i > OLDEST) {
                text.append("    ... ").append(end - i - OLDEST).append(" more frames ...\n");
                i = end - OLDEST;
            }
            shown++;
            frame(text.append("    at "), stack[i]).append('\n');
        }
    }

    /// Whether some frame is neither the JDK's nor the worker's own.
    static boolean isOfTask(StackTraceElement[] stack) {
        for (var frame : stack) {
            if (!isJdk(frame) && !isWorker(frame)) {
                return true;
            }
        }
        return false;
    }

    /// Where the worker's own frames begin, below the task's. All is shown of a stack that has no others.
    private static int taskEnd(StackTraceElement[] stack) {
        var end = stack.length;
        while (end > 0 && isWorker(stack[end - 1])) {
            end--;
        }
        return end == 0 ? stack.length : end;
    }

    private static boolean isWorker(StackTraceElement frame) {
        var name = frame.getClassName();
        return name.equals("dev.caisson.worker.AssignmentRun")
                || name.equals("dev.caisson.worker.TaskLoop")
                || name.equals("dev.caisson.worker.WorkerMain")
                || name.equals("dev.caisson.TaskContext");
    }

    private static boolean isJdk(StackTraceElement frame) {
        var module = frame.getModuleName();
        return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
    }

    private static boolean isOfLambda(StackTraceElement frame) {
        return frame.getClassName().contains("$$Lambda");
    }

    private static StringBuilder frame(StringBuilder text, StackTraceElement frame) {
        if (frame.getModuleName() != null) {
            text.append(frame.getModuleName()).append('/');
        }
        text.append(frame.getClassName())
                .append('.')
                .append(frame.getMethodName())
                .append('(');
        if (frame.isNativeMethod()) {
            text.append("Native Method");
        } else if (frame.getFileName() == null) {
            text.append("Unknown Source");
        } else {
            text.append(frame.getFileName());
            if (frame.getLineNumber() >= 0) {
                text.append(':').append(frame.getLineNumber());
            }
        }
        return text.append(')');
    }
}
