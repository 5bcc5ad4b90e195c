package dev.caisson.pool;

import dev.caisson.memory.Remark;
import java.lang.System.Logger.Level;
import java.lang.ref.Cleaner;
import java.util.Arrays;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// Warns of a pool that nobody holds any more, so that nobody can close it: its workers, threads and folder stay until
/// this process ends.
///
/// What is watched is the object that users hold. Neither the pool's threads nor futures refer to it, only to what is
/// behind it, so work that was handed in goes on. The pool is not ended: somebody may still wait for results.
final class LeakWarning {

    private static final Cleaner CLEANER = Cleaner.create();
    private static final Set<String> OWN = Set.of("LeakWarning", "LocalPool", "PoolBuilder", "SharedPools");

    private LeakWarning() {}

    /// Watches from now on.
    ///
    /// @param pool what users hold
    /// @param name the pool's
    /// @param isOpen whether nobody has closed it; must not refer to `pool`
    static void watch(Object pool, String name, BooleanSupplier isOpen) {
        var site = new Site();
        var ignored = CLEANER.register(pool, () -> {
            if (isOpen.getAsBoolean()) {
                Remark.log(LeakWarning.class, Level.WARNING, text(name), site.trimmed());
            }
        });
    }

    static String text(String name) {
        return "Pool " + name
                + " was never closed, and nothing in this program refers to it any more. Its worker processes,"
                + " its threads (caisson-" + name + "-…) and its folder stay until this program ends: open pools in"
                + " try-with-resources, or keep them and call close(). The stack below shows where it was opened";
    }

    /// The stack of whoever opened the pool.
    private static final class Site extends Throwable {

        private static final long serialVersionUID = 1L;

        Site() {
            super("The pool was opened here", null, false, true);
        }

        Site trimmed() {
            setStackTrace(Arrays.stream(getStackTrace())
                    .dropWhile(frame -> isOwn(frame.getClassName()))
                    .toArray(StackTraceElement[]::new));
            return this;
        }

        private static boolean isOwn(String type) {
            var prefix = LeakWarning.class.getPackageName() + ".";
            return type.startsWith(prefix)
                    && OWN.contains(type.substring(prefix.length()).split("\\$", 2)[0]);
        }
    }
}
