package dev.caisson.runtime;

import java.util.Collections;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/// The causes of an exception, which code of the user's may tell.
final class Causes {

    private static final int MOST = 10_000;

    private Causes() {}

    /// Whether they come to an end, or go round in a circle, which printing takes.
    static boolean end(Throwable failure) {
        var seen = Collections.newSetFromMap(new IdentityHashMap<Throwable, Boolean>());
        @Nullable Throwable current = failure;
        while (current != null && seen.add(current)) {
            if (seen.size() > MOST) {
                return false;
            }
            current = current.getCause();
        }
        return true;
    }

    /// Whether an exception can be printed.
    static boolean tellable(Throwable failure) {
        try {
            var ignored = failure.toString();
            return end(failure);
        } catch (Throwable untellable) {
            return false;
        }
    }
}
