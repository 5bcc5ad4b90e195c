package dev.caisson.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/// Java deserialization that looks for classes in a given loader, not in that of the nearest caller on the stack; or,
/// if that one is [NumberedLoaders], in the loader that [ObjectWriter] has noted for each, and else on the class path.
final class ObjectReader extends ObjectInputStream {

    private final ClassLoader loader;
    private final TypeCodecs types;
    private final @Nullable HashingWork work;
    private final @Nullable ResultLimits limits;

    /// Reads what is trusted.
    ObjectReader(InputStream in, ClassLoader loader, TypeCodecs types) throws IOException {
        super(in);
        this.loader = loader;
        this.types = types;
        this.work = null;
        this.limits = null;
        if (!types.types().isEmpty()) {
            enableResolveObject(true);
        }
    }

    /// Reads what is not.
    ObjectReader(InputStream in, ClassLoader loader, TypeCodecs types, ResultLimits limits, HashingWork work)
            throws IOException {
        super(in);
        this.loader = loader;
        this.types = types;
        this.work = work;
        this.limits = limits;
        limits.respect(getObjectInputFilter()); // which the next line replaces
        setObjectInputFilter(limits);
        enableResolveObject(true);
    }

    /// Is told of each object once it is complete, those inside it first.
    @Override
    protected @Nullable Object resolveObject(@Nullable Object object) throws IOException {
        if (object instanceof TypeCodecs.Written written) {
            return types.restore(written, loader);
        }
        if (work != null && limits != null && object != null) {
            work.add(object, limits.seesTables());
        }
        return object;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
        String name = description.getName();
        try {
            return Class.forName(name, false, noted());
        } catch (ClassNotFoundException notFound) {
            @Nullable Class<?> primitive = Class.forPrimitiveName(name);
            if (primitive == null) {
                throw notFound;
            }
            return primitive;
        }
    }

    /// The loader of the class that is being read.
    private ClassLoader noted() throws IOException, ClassNotFoundException {
        if (!(loader instanceof NumberedLoaders loaders)) {
            return loader;
        }
        return available() >= Long.BYTES ? loaders.numbered(readLong()) : loaders.atHome();
    }

    /// A proxy of an interface that is not public must be defined by that interface's own loader.
    @Override
    protected Class<?> resolveProxyClass(String[] names) throws IOException, ClassNotFoundException {
        var interfaces = new Class<?>[names.length];
        if (limits != null && !limits.allowsProxies()) {
            throw new InvalidClassException("java.lang.reflect.Proxy", "rejected");
        }
        ClassLoader finder = noted();
        ClassLoader definer = finder;
        for (int i = 0; i < names.length; i++) {
            interfaces[i] = Class.forName(names[i], false, finder);
            @Nullable ClassLoader own = interfaces[i].getClassLoader();
            if (!Modifier.isPublic(interfaces[i].getModifiers()) && own != null) {
                definer = own;
            }
        }
        try {
            return Proxy.newProxyInstance(definer, interfaces, (proxy, method, arguments) -> null)
                    .getClass();
        } catch (IllegalArgumentException e) {
            throw new ClassNotFoundException("No proxy can have the interfaces " + String.join(", ", names), e);
        }
    }
}
