package dev.caisson.worker;

import dev.caisson.codec.NumberedLoaders;
import dev.caisson.protocol.ClassRefusal;
import dev.caisson.protocol.ClassWanted;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Stands for a class loader of the parent, and asks it about each class, once: a plug-in there may see another class
/// of a name than the application does, and its tasks see the same here.
///
/// The parent answers with bytes, or that the class comes from the application's class path, which is asked here then;
/// also if the parent can't answer, so that what is put on the workers' class path helps.
final class ShippedLoader extends ClassLoader implements NumberedLoaders {

    private static final String PROTOCOL = "caisson";

    static {
        registerAsParallelCapable();
    }

    private final long number;
    private final ClassRequests requests;
    private final ShippedLoaders others;
    private final Map<String, Class<?>> found = new ConcurrentHashMap<>();

    ShippedLoader(long number, ClassRequests requests, ShippedLoaders others) {
        super("shipped", ClassLoader.getSystemClassLoader());
        this.number = number;
        this.requests = requests;
        this.others = others;
    }

    @Override
    public ClassLoader numbered(long number) {
        return others.numbered(number);
    }

    @Override
    public ClassLoader atHome() {
        return ClassLoader.getSystemClassLoader();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        @Nullable Class<?> type = found.get(name);
        if (type == null) {
            type = find(name);
            found.put(name, type);
        }
        if (resolve) {
            resolveClass(type);
        }
        return type;
    }

    private Class<?> find(String name) throws ClassNotFoundException {
        @Nullable Class<?> defined = findLoadedClass(name);
        if (defined != null) {
            return defined;
        }
        try {
            return getPlatformClassLoader().loadClass(name);
        } catch (ClassNotFoundException notOfTheJdk) {
            return ask(name);
        }
    }

    private Class<?> ask(String name) throws ClassNotFoundException {
        ClassAnswer answer;
        try {
            answer = requests.ask(number, ClassWanted.CLASS, name);
        } catch (IOException unanswered) {
            throw new ClassNotFoundException(name + ". " + unanswered.getMessage(), unanswered);
        }
        if (answer.refusal() == null) {
            return others.numbered(answer.definer()).define(name, answer.bytes());
        }
        try {
            return getParent().loadClass(name);
        } catch (ClassNotFoundException missing) {
            throw answer.text().isEmpty() ? missing : new ClassNotFoundException(name + ". " + answer.text(), missing);
        }
    }

    private Class<?> define(String name, byte[] bytes) {
        synchronized (getClassLoadingLock(name)) {
            @Nullable Class<?> defined = findLoadedClass(name);
            return defined != null ? defined : defineClass(name, bytes, 0, bytes.length);
        }
    }

    @Override
    protected @Nullable URL findResource(String name) {
        return resource(name, 0);
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        List<URL> urls = new ArrayList<>();
        for (@Nullable URL url = resource(name, 0); url != null; url = resource(name, urls.size())) {
            urls.add(url);
        }
        return Collections.enumeration(urls);
    }

    private @Nullable URL resource(String name, int index) {
        if (name.length() > ClassWanted.MAX_NAME_BYTES / 3) {
            return null;
        }
        try {
            var answer = requests.ask(number, index, name);
            return answer.refusal() == ClassRefusal.UNKNOWN || answer.refusal() == ClassRefusal.ON_CLASS_PATH
                    ? null
                    : url(name, index, answer);
        } catch (IOException unanswered) {
            throw new UncheckedIOException(unanswered);
        }
    }

    private URL url(String name, int index, ClassAnswer answer) throws IOException {
        try {
            var uri = new URI(PROTOCOL, null, "/" + number + "/" + index + "/" + name, null);
            return URL.of(uri, new BytesHandler(answer));
        } catch (URISyntaxException unnamable) {
            throw new IOException(unnamable);
        }
    }

    /// Opens bytes that have come already.
    private static final class BytesHandler extends URLStreamHandler {

        private final ClassAnswer answer;

        BytesHandler(ClassAnswer answer) {
            this.answer = answer;
        }

        @Override
        protected URLConnection openConnection(URL url) throws IOException {
            if (answer.refusal() != null) {
                throw new IOException(url.getPath() + ": " + answer.text());
            }
            return new URLConnection(url) {
                @Override
                public void connect() {
                    connected = true;
                }

                @Override
                public long getContentLengthLong() {
                    return answer.bytes().length;
                }

                @Override
                public InputStream getInputStream() {
                    return new ByteArrayInputStream(answer.bytes());
                }
            };
        }
    }
}
