package dev.caisson.codec;

import dev.caisson.protocol.ClassRefusal;
import dev.caisson.protocol.ClassWanted;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the parent answers a worker that lacks a class or a resource.
///
/// Only loaders that tasks came from are asked, and only for what they have besides the application's class path. A
/// class is loaded here, if it was not yet, to see which loader defines it, and never initialized.
public sealed interface ClassShipment {

    /// Here it is.
    ///
    /// @param definer number of the loader that defines it
    /// @param bytes to be read to the end and closed
    record Found(long definer, InputStream bytes) implements ClassShipment {}

    /// There is nothing to send.
    ///
    /// @param text what the worker's error is to say; empty for nothing
    record Refused(ClassRefusal reason, String text) implements ClassShipment {}

    /// Finds what a worker wants. Runs code of class loaders: never on a thread of the pool that others need.
    static ClassShipment of(ClassWanted wanted) {
        @Nullable ForeignLoader asked = ForeignLoader.numbered(wanted.loader()).orElse(null);
        @Nullable ClassLoader loader = asked == null ? null : asked.loader();
        if (asked == null || loader == null) {
            return new Refused(
                    ClassRefusal.UNKNOWN,
                    "The class loader it was to come from is gone in the pool's own process: keep the loader, or a"
                            + " class of it, for as long as tasks of its classes run");
        }
        try {
            return wanted.isClass() ? classNamed(wanted.name(), asked, loader) : resource(wanted, loader);
        } catch (Throwable failed) {
            Refusal.rethrowFatal(failed);
            return new Refused(
                    ClassRefusal.NO_BYTES, "In the pool's own process, " + loader + " threw " + Refusal.told(failed));
        }
    }

    private static ClassShipment classNamed(String name, ForeignLoader asked, ClassLoader loader) throws IOException {
        Class<?> type;
        try {
            type = Class.forName(name, false, loader);
        } catch (ClassNotFoundException | NoClassDefFoundError missing) {
            return new Refused(ClassRefusal.UNKNOWN, "The pool's own process has no such class either, by " + loader);
        }
        @Nullable ClassLoader definer = type.getClassLoader();
        if (definer == null || ForeignLoader.isAtHome(definer) || isOurs(type)) {
            return new Refused(ClassRefusal.ON_CLASS_PATH, "");
        }
        // The loader asked keeps the number it was asked by, or its classes would part company.
        var shipped = definer == loader ? asked : ForeignLoader.of(definer);
        @Nullable InputStream bytes = ClassBytes.open(definer, name);
        if (bytes == null) {
            return new Refused(
                    ClassRefusal.NO_BYTES,
                    "Its class loader in the pool's own process ("
                            + definer.getClass().getName()
                            + ") doesn't show the bytes: let it override findResource(\"" + name.replace('.', '/')
                            + ".class\"), or put the class on the workers' class path with Builder.classPath(…)");
        }
        if (!ClassBytes.isInMemory(definer, name)) {
            return new Found(shipped.number(), bytes);
        }
        try (bytes) {
            var all = bytes.readAllBytes();
            shipped.sent(name, all);
            return new Found(shipped.number(), new ByteArrayInputStream(all));
        }
    }

    private static ClassShipment resource(ClassWanted wanted, ClassLoader loader) throws IOException {
        var found = ClassBytes.resource(loader, wanted.name(), wanted.index());
        return found.isPresent()
                ? new Found(wanted.loader(), found.get().openStream())
                : new Refused(ClassRefusal.UNKNOWN, "");
    }

    /// Every worker has this library, and there must not be two of it.
    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith("dev.caisson.")
                && Objects.equals(type.getProtectionDomain(), ClassShipment.class.getProtectionDomain());
    }
}
