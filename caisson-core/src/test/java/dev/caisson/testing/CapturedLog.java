package dev.caisson.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// The warnings, and worse, that one class logs while this is open. They are not printed.
public final class CapturedLog implements AutoCloseable {

    private final Logger logger;
    private final boolean printed;
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final Handler handler = new Taker();

    private CapturedLog(Logger logger) {
        this.logger = logger;
        this.printed = logger.getUseParentHandlers();
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    /// Takes what a class logs, until it is closed.
    ///
    /// @param className binary name of the class that logs
    public static CapturedLog of(String className) {
        return new CapturedLog(Logger.getLogger(className));
    }

    /// What was logged until now, the stack traces included.
    public List<String> messages() {
        return List.copyOf(messages);
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(printed);
    }

    private final class Taker extends Handler {

        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
                messages.add(new SimpleFormatter().format(record));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
