package dev.caisson.codec;

import java.lang.ref.WeakReference;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A class loader of this process whose classes are on no worker's class path: jshell's, a plug-in's, that of a jar in
/// a jar, of a source file run by `java`, of classes compiled a moment ago.
///
/// It is known by a number, which tasks carry in place of the loader. Numbers are random and long, so that a worker can
/// ask only for classes of loaders that it was told of. Nothing here keeps a loader alive: the bytes of a task do, by
/// what [ForeignClasses] leaves in them. Thread-safe.
final class ForeignLoader {

    private static final Set<ClassLoader> AT_HOME = applicationLoaders();
    private static final Map<ClassLoader, ForeignLoader> CURRENT = Collections.synchronizedMap(new WeakHashMap<>());
    private static final Map<Long, ForeignLoader> NUMBERED = new ConcurrentHashMap<>();
    private static final SecureRandom NUMBERS = new SecureRandom();

    private final long number;
    private final WeakReference<ClassLoader> loader;

    /// What workers have got of classes that may change under the same name, by its hash.
    private final Map<String, Integer> sent = new ConcurrentHashMap<>();

    private ForeignLoader(ClassLoader loader) {
        this.loader = new WeakReference<>(loader);
        this.number = NUMBERS.nextLong(1, Long.MAX_VALUE);
    }

    /// Whether a worker finds a loader's classes by itself.
    static boolean isAtHome(@Nullable ClassLoader loader) {
        return loader == null || AT_HOME.contains(loader);
    }

    /// Knows a loader by its number.
    ///
    /// A loader may change its classes, as that of jshell does when one is defined anew. Workers can't, so what has
    /// changed since it was sent gets a new number, by which workers know a new loader.
    static ForeignLoader of(ClassLoader loader) {
        var known = CURRENT.get(loader);
        if (known != null && !known.hasChanged(loader)) {
            return known;
        }
        NUMBERED.values().removeIf(old -> old.loader.get() == null);
        var fresh = new ForeignLoader(loader);
        NUMBERED.put(fresh.number, fresh);
        CURRENT.put(loader, fresh);
        return fresh;
    }

    /// The loader with a number, unless it is gone.
    static Optional<ForeignLoader> numbered(long number) {
        return Optional.ofNullable(NUMBERED.get(number)).filter(known -> known.loader.get() != null);
    }

    long number() {
        return number;
    }

    @Nullable ClassLoader loader() {
        return loader.get();
    }

    /// Remembers a class that is kept in memory, where another may take its place.
    void sent(String name, byte[] bytes) {
        sent.put(name, Arrays.hashCode(bytes));
    }

    private boolean hasChanged(ClassLoader asked) {
        for (var entry : sent.entrySet()) {
            var now = ClassBytes.inMemory(asked, entry.getKey());
            if (now != null && Arrays.hashCode(now) != entry.getValue()) {
                return true;
            }
        }
        return false;
    }

    private static Set<ClassLoader> applicationLoaders() {
        Set<ClassLoader> loaders = new HashSet<>();
        loaders.add(ClassLoader.getPlatformClassLoader());
        for (@Nullable ClassLoader each = ClassLoader.getSystemClassLoader(); each != null; each = each.getParent()) {
            loaders.add(each);
        }
        return loaders;
    }
}
