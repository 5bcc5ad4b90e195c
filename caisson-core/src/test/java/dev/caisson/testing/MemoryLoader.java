package dev.caisson.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A class loader of bytes in memory, child first, that shows them as resources or not.
public final class MemoryLoader extends ClassLoader {

    private static final long LIMIT_SECONDS = 20;

    private final Map<String, byte[]> files = new HashMap<>();
    private final boolean shows;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile String held = "";

    private MemoryLoader(Map<String, byte[]> classes, ClassLoader parent, boolean shows) {
        super(parent);
        this.shows = shows;
        classes.forEach((name, bytes) -> files.put(name.replace('.', '/') + ".class", bytes));
    }

    /// A loader as it should be.
    public static MemoryLoader of(Map<String, byte[]> classes) {
        return under(MemoryLoader.class.getClassLoader(), classes);
    }

    /// The same with a parent.
    public static MemoryLoader under(ClassLoader parent, Map<String, byte[]> classes) {
        return new MemoryLoader(classes, parent, true);
    }

    /// A loader that keeps the bytes to itself.
    public static MemoryLoader secretive(Map<String, byte[]> classes) {
        return new MemoryLoader(classes, MemoryLoader.class.getClassLoader(), false);
    }

    /// Adds a resource.
    public MemoryLoader with(String path, byte[] bytes) {
        files.put(path, bytes);
        return this;
    }

    /// Has whoever asks for a resource wait.
    public MemoryLoader holding(String path) {
        held = path;
        return this;
    }

    /// Waits until somebody has asked for what is held.
    public void awaitAsked() throws InterruptedException {
        if (!asked.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("Nobody has asked for " + held);
        }
    }

    /// Lets go what is held.
    public void release() {
        released.countDown();
    }

    /// A new object of a class without parameters that is a task.
    @SuppressWarnings("unchecked") // the test knows
    public <T> Callable<T> task(String className) {
        try {
            return (Callable<T>) loadClass(className).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException broken) {
            throw new LinkageError("The test's own class can't be made", broken);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            var loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            var bytes = files.get(name.replace('.', '/') + ".class");
            return bytes == null ? super.loadClass(name, resolve) : defineClass(name, bytes, 0, bytes.length);
        }
    }

    @Override
    protected @Nullable URL findResource(String path) {
        if (path.equals(held)) {
            asked.countDown();
            awaitRelease();
        }
        var bytes = files.get(path);
        return bytes == null || !shows ? null : url(path, bytes);
    }

    @Override
    protected Enumeration<URL> findResources(String path) {
        var url = findResource(path);
        return Collections.enumeration(url == null ? List.of() : List.of(url));
    }

    private void awaitRelease() {
        try {
            var ignored = released.await(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static URL url(String path, byte[] bytes) {
        try {
            return URL.of(new URI("memory", null, "/" + path, null), new URLStreamHandler() {
                @Override
                protected URLConnection openConnection(URL url) {
                    return new URLConnection(url) {
                        @Override
                        public void connect() {}

                        @Override
                        public InputStream getInputStream() {
                            return new ByteArrayInputStream(bytes);
                        }
                    };
                }
            });
        } catch (IOException | URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
