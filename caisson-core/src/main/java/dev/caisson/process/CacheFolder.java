package dev.caisson.process;

import java.nio.file.Path;

/// The user's folder for files that can be made again: the library's part of it.
final class CacheFolder {

    private static final String NAME = "caisson";

    private CacheFolder() {}

    /// Where it is, whether or not it exists: below `$XDG_CACHE_HOME`, or where the system's caches are by custom.
    static Path path() {
        var windows = System.getenv("LOCALAPPDATA");
        if (windows != null) {
            return Path.of(windows, NAME, "cache");
        }
        var named = System.getenv("XDG_CACHE_HOME");
        if (named != null && Path.of(named).isAbsolute()) {
            return Path.of(named, NAME);
        }
        var home = Path.of(System.getProperty("user.home"));
        var library = home.resolve("Library").resolve("Caches");
        return System.getProperty("os.name").startsWith("Mac")
                ? library.resolve(NAME)
                : home.resolve(".cache").resolve(NAME);
    }
}
