package dev.caisson.protocol;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A named place in the code of worker and pool where a test can let things go wrong, exactly there and without timing.
///
/// The system property `caisson.faults` names a class, on the class path, with a constructor without arguments, that
/// implements `Consumer<String>`: each point gives it its name when it is reached. What it does there is its own
/// affair. Without the property a point does nothing, and what is compiled of it is nothing.
public enum FaultPoint {

    // In a worker, in the order of its life.

    /// Has its board, and is about to connect.
    BEFORE_HELLO,
    /// Is about to run the initializer; what goes wrong here is the initializer's failure.
    INITIALIZING,
    /// Is ready and waits for a task, or for more of one.
    IDLE,
    /// Has begun an item, and is about to decode it.
    READING,
    /// Has decoded the item, and is about to run it.
    RUNNING,
    /// Has run the item, and is about to encode its result.
    WRITING,
    /// Has published the result, and is about to send it.
    PUBLISHED,
    /// Goes on to another item of the same chunk.
    BETWEEN_ITEMS,
    /// Was asked to leave, and does.
    LEAVING,

    // In a pool.

    /// Has started a worker's process, which may be connecting already.
    LAUNCHED,
    /// Has both connections of a worker.
    CONNECTED,
    /// Has read something from a worker, and has not looked at it.
    RECEIVED,
    /// Is about to write to a worker.
    SENDING,
    /// Knows that a worker's process has ended, and has not read what it left.
    EXITED;

    private static final String PROPERTY = "caisson.faults";
    private static final @Nullable String ARMED = System.getProperty(PROPERTY);

    /// This place was reached. Throws whatever the armed class throws.
    public void reached() {
        if (ARMED != null && !ARMED.isEmpty()) {
            Armed.FAULTS.accept(name());
        }
    }

    /// Loaded only when a fault is armed.
    private static final class Armed {

        static final Consumer<String> FAULTS = load();

        @SuppressWarnings("unchecked")
        private static Consumer<String> load() {
            try {
                return (Consumer<String>) ClassLoader.getSystemClassLoader()
                        .loadClass(ARMED)
                        .getConstructor()
                        .newInstance();
            } catch (ReflectiveOperationException failure) {
                throw new IllegalStateException(
                        "The system property " + PROPERTY + " names " + ARMED
                                + ", which is no public class with a public constructor without arguments",
                        failure);
            }
        }
    }
}
