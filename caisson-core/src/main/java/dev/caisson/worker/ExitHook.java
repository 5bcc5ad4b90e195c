package dev.caisson.worker;

import dev.caisson.protocol.ExitMark;
import dev.caisson.transport.Board;

/// A shutdown hook: notes on the board that an exit has begun, and has the time of all hooks watched.
final class ExitHook extends Thread {

    private final Board board;
    private final ControlLoop control;

    ExitHook(Board board, ControlLoop control) {
        super("caisson-exit");
        this.board = board;
        this.control = control;
    }

    @Override
    public void run() {
        if (board.mark() == ExitMark.NONE) {
            board.mark(ExitMark.EXITING);
        }
        control.exitBegan();
    }
}
