package dev.caisson.worker;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The class loaders of this worker that stand for loaders of the parent, by number. Thread-safe.
///
/// The ones used last are kept, with the static state of their classes; older ones only for as long as something of
/// theirs is in use. So a parent that makes a new loader for every task doesn't fill its workers.
final class ShippedLoaders {

    private static final int KEPT = 32;

    private final ClassRequests requests;
    private final Map<Long, WeakReference<ShippedLoader>> known = new HashMap<>(); // guarded by this
    private final LinkedHashMap<Long, ShippedLoader> kept = new LinkedHashMap<>(); // guarded by this, oldest first

    ShippedLoaders(ClassRequests requests) {
        this.requests = requests;
    }

    synchronized ShippedLoader numbered(long number) {
        @Nullable WeakReference<ShippedLoader> reference = known.get(number);
        @Nullable ShippedLoader loader = reference == null ? null : reference.get();
        if (loader == null) {
            known.values().removeIf(old -> old.refersTo(null));
            loader = new ShippedLoader(number, requests, this);
            known.put(number, new WeakReference<>(loader));
        }
        kept.putLast(number, loader);
        if (kept.size() > KEPT) {
            kept.pollFirstEntry();
        }
        return loader;
    }
}
