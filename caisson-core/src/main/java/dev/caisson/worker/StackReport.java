package dev.caisson.worker;

import dev.caisson.protocol.ControlFrames;
import java.util.Map;

/// The stacks of a worker's threads as text: that of the task first, then those of other threads that run code which is
/// not the JDK's, since the task may have started them.
///
/// Virtual threads are not among them: a JVM shows those to tools from outside only.
final class StackReport {

    private static final int TASK_FRAMES = 120;
    private static final int OTHER_FRAMES = 40;

    private StackReport() {}

    /// Takes the stacks. The JVM stops all threads for a moment.
    static String of(Thread taskThread) {
        return of(taskThread, Thread.getAllStackTraces());
    }

    static String of(Thread taskThread, Map<Thread, StackTraceElement[]> stacks) {
        var report = new StringBuilder(2048);
        var taskStack = stacks.get(taskThread);
        append(report, taskThread, taskStack == null ? taskThread.getStackTrace() : taskStack, TASK_FRAMES);
        var unnamed = 0;
        for (var entry : stacks.entrySet()) {
            if (belongsToTasks(entry, taskThread)) {
                if (StackText.isOfTask(entry.getValue()) && report.length() < ControlFrames.MAX_TEXT_BYTES) {
                    append(report.append('\n'), entry.getKey(), entry.getValue(), OTHER_FRAMES);
                } else {
                    unnamed++;
                }
            }
        }
        if (unnamed > 0) {
            report.append("\nThreads of the JDK's own that wait or serve: ")
                    .append(unnamed)
                    .append('\n');
        }
        return report.toString();
    }

    /// The threads besides the task's that keep an exit waiting: shutdown hooks.
    static String ofOthers(Thread taskThread) {
        var report = new StringBuilder(2048);
        for (var entry : Thread.getAllStackTraces().entrySet()) {
            if (belongsToTasks(entry, taskThread)
                    && !entry.getKey().isDaemon()
                    && StackText.isOfTask(entry.getValue())) {
                append(report, entry.getKey(), entry.getValue(), OTHER_FRAMES);
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

    private static void append(StringBuilder report, Thread thread, StackTraceElement[] stack, int most) {
        report.append('"')
                .append(thread.getName())
                .append("\" ")
                .append(thread.getState())
                .append('\n');
        StackText.append(report, stack, most);
    }
}
