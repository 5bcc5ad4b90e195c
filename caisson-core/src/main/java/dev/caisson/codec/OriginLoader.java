package dev.caisson.codec;

import dev.caisson.protocol.Encoded;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds classes where those of a task came from, in the parent: there its result, or what it threw, is at home.
public final class OriginLoader extends ClassLoader implements NumberedLoaders {

    private final List<ClassLoader> origins;

    private OriginLoader(List<ClassLoader> origins, ClassLoader otherwise) {
        super(otherwise);
        this.origins = origins;
    }

    /// The loader for what belongs to values that this process has encoded.
    ///
    /// @param otherwise for all that their own loaders don't know
    /// @return `otherwise` itself if no loader was noted, which is the rule
    public static ClassLoader of(ClassLoader otherwise, Encoded... values) {
        @Nullable LinkedHashSet<ClassLoader> origins = null;
        for (var value : values) {
            if (value.origin() instanceof ForeignClasses.Origin origin) {
                origins = origins == null ? new LinkedHashSet<>() : origins;
                origins.addAll(origin.loaders());
            }
        }
        return origins == null ? otherwise : new OriginLoader(new ArrayList<>(origins), otherwise);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        for (var origin : origins) {
            try {
                return origin.loadClass(name);
            } catch (ClassNotFoundException elsewhere) {
                // The next one may have it.
            }
        }
        return super.loadClass(name, resolve);
    }

    @Override
    public ClassLoader numbered(long number) throws ClassNotFoundException {
        @Nullable ClassLoader loader =
                ForeignLoader.numbered(number).map(ForeignLoader::loader).orElse(null);
        return loader != null ? loader : this;
    }

    /// What workers send has no numbers.
    @Override
    public ClassLoader atHome() {
        return this;
    }
}
