package dev.caisson.codec;

import java.io.ObjectInputFilter;
import java.lang.reflect.Proxy;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/// Bounds what reading one result may cost: memory by the number of bytes that came, depth by what a thread's stack
/// holds.
///
/// - **Arrays**: the sum of all that are asked for is at most [#HEAP_BYTES_PER_BYTE] times what came, and some. An
///   array's header, and the size a collection declares, cost the sender nothing; their content does. Large results
///   pass, as they brought their bytes along.
/// - **Depth**: [#DEEPEST] levels.
/// - **Classes**: what this JVM's own filter rejects is refused (`jdk.serialFilter`, or a filter factory), then what
///   the pool's filter rejects, then, unless that allows it, what is among the [DefaultRefusals]. A `java.net.URL`
///   passes, but not together with hash tables: hashing one asks the network.
///
/// [HashingWork] bounds what a filter doesn't see. Code that is out to do harm may still find a class of the user's
/// that misbehaves when it is read: only an allow-list of classes shuts that out, see [ResultTypes].
///
/// Holds the state of one read: not to be shared, not thread-safe.
public final class ResultLimits implements ObjectInputFilter {

    static final int DEEPEST = 500;
    static final int HEAP_BYTES_PER_BYTE = 32;

    /// So that small results may hold what only claims to be large, such as `Collections.nCopies`.
    private static final long FREE_HEAP_BYTES = 16 * 1024 * 1024;

    private final long bytes;
    private final ObjectInputFilter classes;
    private long heapBytesLeft;
    private @Nullable String refusal;
    private @Nullable ObjectInputFilter ofThisJvm;
    private boolean seesTables;
    private boolean seesAddresses;

    /// Creates the limits of one read.
    ///
    /// @param bytes how many there are to read
    /// @param classes is asked about each class; what it leaves undecided passes
    public ResultLimits(long bytes, ObjectInputFilter classes) {
        this.bytes = bytes;
        this.classes = classes;
        this.heapBytesLeft = FREE_HEAP_BYTES + bytes * HEAP_BYTES_PER_BYTE;
    }

    /// Takes this JVM's own filter along.
    ///
    /// @param filter null if it has none
    void respect(@Nullable ObjectInputFilter filter) {
        ofThisJvm = filter;
    }

    /// Whether the stream may make proxies: each hands calls, `hashCode` among them, to a handler of the sender's
    /// choice.
    boolean allowsProxies() {
        return checkInput(new ProxyInfo()) != Status.REJECTED;
    }

    /// What a filter is asked about proxies as such.
    private record ProxyInfo() implements FilterInfo {

        @Override
        public Class<?> serialClass() {
            return Proxy.class;
        }

        @Override
        public long arrayLength() {
            return -1;
        }

        @Override
        public long depth() {
            return 1;
        }

        @Override
        public long references() {
            return 1;
        }

        @Override
        public long streamBytes() {
            return 0;
        }
    }

    /// Whether a hash table is among what was read so far.
    boolean seesTables() {
        return seesTables;
    }

    @Override
    public Status checkInput(FilterInfo checked) {
        if (ofThisJvm != null && ofThisJvm.checkInput(checked) == Status.REJECTED) {
            return refuse("this JVM's own filter, jdk.serialFilter or its factory, rejects " + named(checked));
        }
        if (checked.depth() > DEEPEST) {
            return refuse("it is nested more than " + DEEPEST + " levels deep; a list or an array is not");
        }
        @Nullable Class<?> type = checked.serialClass();
        if (type == null) {
            return Status.UNDECIDED;
        }
        if (checked.arrayLength() >= 0 && !affordable(type, checked.arrayLength())) {
            return refuse("its " + bytes + " bytes ask for arrays far larger than they can fill, one of them "
                    + type.getTypeName() + " of length " + checked.arrayLength());
        }
        if (type == WrittenPath.class || type == TypeCodecs.Written.class) {
            return Status.ALLOWED;
        }
        seesTables |= HashingWork.isTable(type);
        var status = classes.checkInput(checked);
        if (status == Status.REJECTED) {
            return refuse(
                    classes instanceof ResultTypes
                            ? ResultTypes.element(type).getTypeName()
                                    + " is not among the pool's resultTypes. If it belongs into results, add "
                                    + ResultTypes.remedy(type)
                            : "the pool's resultFilter rejects " + type.getTypeName());
        }
        return status == Status.ALLOWED ? status : byDefault(type);
    }

    private Status byDefault(Class<?> type) {
        if (DefaultRefusals.contain(type)) {
            return refuse(type.getTypeName() + " is a type that attackers use, since reading it runs code: return plain"
                    + " values instead. If you trust what your workers run, let a filter allow it:"
                    + " resultFilter(ObjectInputFilter.Config.createFilter(\"" + type.getTypeName() + "\"))");
        }
        seesAddresses |= type == URL.class;
        return seesTables && seesAddresses
                ? refuse(
                        "it holds a java.net.URL together with hash tables, and to hash a URL asks the network: return a"
                                + " java.net.URI, or let a resultFilter allow java.net.URL")
                : Status.UNDECIDED;
    }

    private static String named(FilterInfo checked) {
        return checked.serialClass() == null
                ? "its size or depth"
                : checked.serialClass().getTypeName();
    }

    /// The user's filter.
    ObjectInputFilter classes() {
        return classes;
    }

    /// Why this read was refused, in words that follow "refused:".
    ///
    /// @return null as long as it was not
    @Nullable String refusal() {
        return refusal;
    }

    private Status refuse(String reason) {
        refusal = reason;
        return Status.REJECTED;
    }

    private boolean affordable(Class<?> array, long length) {
        heapBytesLeft -= length * elementBytes(array.getComponentType());
        return heapBytesLeft >= 0;
    }

    private static int elementBytes(@Nullable Class<?> element) {
        if (element == long.class || element == double.class) {
            return Long.BYTES;
        }
        if (element == byte.class || element == boolean.class) {
            return Byte.BYTES;
        }
        return element == char.class || element == short.class ? Short.BYTES : Integer.BYTES;
    }
}
