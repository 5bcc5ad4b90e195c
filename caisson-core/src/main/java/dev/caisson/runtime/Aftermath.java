package dev.caisson.runtime;

import dev.caisson.memory.Remark;
import dev.caisson.memory.Scarcity;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a visit to the engine has to do after the unlock. Not thread-safe.
final class Aftermath {

    private final List<Runnable> actions = new ArrayList<>();

    /// The next of those that could not be done: no list of them needs memory.
    @Nullable Aftermath next;

    void add(Runnable action) {
        actions.add(action);
    }

    boolean isEmpty() {
        return actions.isEmpty();
    }

    /// Does all there is; what can't be done for lack of memory stays. An action that fails must not keep the others
    /// from being done.
    ///
    /// @return whether nothing is left
    boolean perform() {
        int left = 0;
        for (int at = 0; at < actions.size(); at++) {
            try {
                actions.get(at).run();
            } catch (Throwable failure) {
                if (Scarcity.isCauseOf(failure)) {
                    actions.set(left++, actions.get(at));
                } else {
                    Remark.log(Aftermath.class, Level.ERROR, "A pool's action failed; the pool goes on", failure);
                }
            }
        }
        while (actions.size() > left) {
            actions.removeLast();
        }
        return left == 0;
    }
}
