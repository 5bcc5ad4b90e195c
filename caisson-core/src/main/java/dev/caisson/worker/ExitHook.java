package dev.caisson.worker;

import dev.caisson.protocol.ExitMark;
import dev.caisson.transport.Board;

/// A shutdown hook: notes on the board that an exit has begun, and by whom, and has the time of all hooks watched.
final class ExitHook extends Thread {

    private static final int FRAMES = 20;

    private final Board board;
    private final ControlLoop control;

    ExitHook(Board board, ControlLoop control) {
        super("caisson-exit");
        this.board = board;
        this.control = control;
    }

    @Override
    public void run() {
        control.exitBegan();
        if (board.mark() == ExitMark.NONE) {
            board.mark(ExitMark.EXITING);
            board.lastWords(caller());
        }
    }

    /// The stack of the thread that called `System.exit`, which waits there; nothing if a signal did it.
    private static String caller() {
        var text = new StringBuilder(1024);
        for (var stack : Thread.getAllStackTraces().values()) {
            for (var at = stack.length - 1; at >= 0; at--) {
                if (isExit(stack[at]) && StackText.isOfTask(stack)) {
                    var callers = new StackTraceElement[stack.length - at];
                    System.arraycopy(stack, at, callers, 0, callers.length);
                    StackText.append(text, callers, FRAMES);
                    return text.toString();
                }
            }
        }
        return "";
    }

    private static boolean isExit(StackTraceElement frame) {
        return frame.getMethodName().equals("exit")
                && (frame.getClassName().equals("java.lang.System")
                        || frame.getClassName().equals("java.lang.Runtime"));
    }
}
