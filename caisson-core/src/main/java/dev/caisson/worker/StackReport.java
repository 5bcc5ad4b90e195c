package dev.caisson.worker;

import dev.caisson.protocol.ControlFrames;
import java.util.Map;

/// The stacks of a worker's threads as text: that of the task first, then those of other threads the task may have
/// started.
final class StackReport {

    private StackReport() {}

    /// Takes the stacks. The JVM stops all threads for a moment.
    static String of(Thread taskThread) {
        var report = new StringBuilder(2048);
        var stacks = Thread.getAllStackTraces();
        var taskStack = stacks.get(taskThread);
        append(report, taskThread, taskStack == null ? taskThread.getStackTrace() : taskStack);
        for (var entry : stacks.entrySet()) {
            if (report.length() < ControlFrames.MAX_TEXT_BYTES && belongsToTasks(entry, taskThread)) {
                append(report.append('\n'), entry.getKey(), entry.getValue());
            }
        }
        return report.toString();
    }

    private static boolean belongsToTasks(Map.Entry<Thread, StackTraceElement[]> entry, Thread taskThread) {
        var thread = entry.getKey();
        var group = thread.getThreadGroup();
        return thread != taskThread
                && thread != Thread.currentThread()
                && entry.getValue().length > 0
                && group != null
                && group.getParent() != null
                && !group.getName().equals("InnocuousThreadGroup");
    }

    private static void append(StringBuilder report, Thread thread, StackTraceElement[] stack) {
        report.append('"')
                .append(thread.getName())
                .append("\" ")
                .append(thread.getState())
                .append('\n');
        for (var element : stack) {
            report.append("    at ").append(element).append('\n');
        }
    }
}
