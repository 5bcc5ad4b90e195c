package dev.caisson.testkit.simulation;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/// Loads the engine and its simulation once more, some classes of the engine from another folder.
final class MutatedEngine extends URLClassLoader {

    private MutatedEngine(URL folder) {
        super(new URL[] {folder}, MutatedEngine.class.getClassLoader());
    }

    /// @param folder has the mutated classes
    static MutatedEngine in(Path folder) {
        try {
            return new MutatedEngine(folder.toUri().toURL());
        } catch (MalformedURLException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// Whether the simulation finds something with a seed.
    boolean failsWith(long seed) throws ReflectiveOperationException {
        var run = loadClass(Simulation.class.getName()).getMethod("run", long.class);
        var report = run.invoke(null, seed);
        var failed = report.getClass().getMethod("failed");
        return (boolean) failed.invoke(report);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (!name.startsWith("dev.caisson.engine.") && !name.startsWith("dev.caisson.testkit.simulation.")) {
                return super.loadClass(name, resolve);
            }
            var known = findLoadedClass(name);
            return known != null ? known : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        var file = name.replace('.', '/') + ".class";
        var mutated = findResource(file);
        try (var in = mutated != null ? mutated.openStream() : getParent().getResourceAsStream(file)) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            var bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException failure) {
            throw new ClassNotFoundException(name, failure);
        }
    }
}
