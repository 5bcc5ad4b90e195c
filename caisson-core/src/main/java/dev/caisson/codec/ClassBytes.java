package dev.caisson.codec;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the bytes of a class or a resource by asking its class loader for the file.
///
/// There is no other way to a loaded class's bytes: what a class loader doesn't show as a resource can't be sent.
final class ClassBytes {

    /// What lies in files does not change a class that is loaded.
    private static final Set<String> FILES = Set.of("file", "jar", "jrt", "nested");

    private ClassBytes() {}

    /// Opens the file of a class.
    ///
    /// @param definer the loader that has defined it
    /// @return null if the loader doesn't show it
    static @Nullable InputStream open(ClassLoader definer, String name) throws IOException {
        var path = path(name);
        @Nullable URL own = ownUrl(definer, path);
        if (own != null) {
            @Nullable URL shown = definer.getResource(path);
            // By the loader, which knows its open jar; by the URL it would stay open in a cache of the JDK's.
            return shown != null && shown.toExternalForm().equals(own.toExternalForm())
                    ? definer.getResourceAsStream(path)
                    : own.openStream();
        }
        // Some loaders override only this. What their parent shows under that name is another class.
        return definer.getResource(path) == null ? definer.getResourceAsStream(path) : null;
    }

    /// Whether a class's file is one that its loader keeps in memory and may replace.
    static boolean isInMemory(ClassLoader definer, String name) {
        @Nullable URL url = ownUrl(definer, path(name));
        return url == null || !FILES.contains(url.getProtocol());
    }

    /// The bytes of a class that was found in memory before.
    ///
    /// @return null if there are none now
    static byte @Nullable [] inMemory(ClassLoader definer, String name) {
        try (@Nullable InputStream in = open(definer, name)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException | RuntimeException unknown) {
            return null;
        }
    }

    /// A resource that a loader has besides those of the application's class path.
    ///
    /// @param index which of those with that name
    static Optional<URL> resource(ClassLoader loader, String path, int index) throws IOException {
        var own = new ArrayList<>(urls(loader, path));
        var homes = urls(ClassLoader.getSystemClassLoader(), path);
        own.removeIf(url -> isAmong(homes, url));
        if (own.isEmpty() && index == 0) {
            @Nullable URL only = loader.getResource(path);
            return Optional.ofNullable(only).filter(url -> !isAmong(homes, url));
        }
        return index < own.size() ? Optional.of(own.get(index)) : Optional.empty();
    }

    private static @Nullable URL ownUrl(ClassLoader definer, String path) {
        if (definer instanceof URLClassLoader files) {
            return files.findResource(path);
        }
        @Nullable URL shown = definer.getResource(path);
        if (shown == null || definer.getParent() == null) {
            return shown;
        }
        try {
            var parents = urls(definer.getParent(), path);
            if (!isAmong(parents, shown)) {
                return shown;
            }
            return urls(definer, path).stream()
                    .filter(url -> !isAmong(parents, url))
                    .findFirst()
                    .orElse(null);
        } catch (IOException unknown) {
            return null;
        }
    }

    private static List<URL> urls(ClassLoader loader, String path) throws IOException {
        List<URL> urls = new ArrayList<>();
        loader.getResources(path).asIterator().forEachRemaining(urls::add);
        return urls;
    }

    /// By their text: URLs compare hosts by asking the network.
    private static boolean isAmong(List<URL> urls, URL wanted) {
        var text = wanted.toExternalForm();
        return urls.stream().anyMatch(url -> url.toExternalForm().equals(text));
    }

    private static String path(String name) {
        return name.replace('.', '/') + ".class";
    }
}
