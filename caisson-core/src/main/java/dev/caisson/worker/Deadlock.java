package dev.caisson.worker;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;

/// Threads that wait for each other's locks for ever, in words.
///
/// The JVM finds them, but telling that loads dozens of classes of `java.management`: so it is asked only if enough
/// threads wait for locks.
final class Deadlock {

    /// How a report begins that has one.
    private static final String HEADING = "Deadlock: ";

    private Deadlock() {}

    /// Whether so many threads wait for a lock that there may be one.
    static boolean isPossible(Map<Thread, StackTraceElement[]> stacks) {
        int waiting = 0;
        for (var thread : stacks.keySet()) {
            if (thread.getState() == Thread.State.BLOCKED
                    || LockSupport.getBlocker(thread) instanceof AbstractOwnableSynchronizer) {
                waiting++;
            }
        }
        return waiting > 1;
    }

    /// A line on the threads and their locks; empty if there is no deadlock, or no `java.management` to ask.
    static String find() {
        try {
            var threads = ManagementFactory.getThreadMXBean();
            var ids = threads.findDeadlockedThreads();
            return ids == null ? "" : text(threads.getThreadInfo(ids)); // null for an id whose thread has ended
        } catch (LinkageError | UnsupportedOperationException notHere) {
            return "";
        }
    }

    private static String text(ThreadInfo[] threads) {
        var text = new StringBuilder(HEADING);
        var found = Arrays.stream(threads)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(ThreadInfo::getThreadName))
                .toList();
        for (var thread : found) {
            text.append(text.length() == HEADING.length() ? "" : "; ")
                    .append('"')
                    .append(thread.getThreadName())
                    .append("\" waits for ")
                    .append(thread.getLockName())
                    .append(", held by \"")
                    .append(thread.getLockOwnerName())
                    .append('"');
        }
        return text.append('\n').toString();
    }
}
