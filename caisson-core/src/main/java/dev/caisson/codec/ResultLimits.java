package dev.caisson.codec;

import java.io.ObjectInputFilter;
import org.jspecify.annotations.Nullable;

/// Bounds what reading one result may cost: memory by the number of bytes that came, depth by what a thread's stack
/// holds.
///
/// - **Arrays**: the sum of all that are asked for is at most [#HEAP_BYTES_PER_BYTE] times what came, and some. An
///   array's header, and the size a collection declares, cost the sender nothing; their content does. Large results
///   pass, as they brought their bytes along.
/// - **Depth**: [#DEEPEST] levels.
/// - **Classes**: those that the user's filter refuses are refused.
///
/// [HashingWork] bounds what a filter doesn't see. Code that is out to do harm may still find a class of the user's
/// that misbehaves when it is read: only an allow-list of classes shuts that out.
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

    /// Creates the limits of one read.
    ///
    /// @param bytes how many there are to read
    /// @param classes is asked about each class; what it leaves undecided passes
    public ResultLimits(long bytes, ObjectInputFilter classes) {
        this.bytes = bytes;
        this.classes = classes;
        this.heapBytesLeft = FREE_HEAP_BYTES + bytes * HEAP_BYTES_PER_BYTE;
    }

    @Override
    public Status checkInput(FilterInfo checked) {
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
        var status = classes.checkInput(checked);
        return status == Status.REJECTED ? refuse("the pool's resultFilter rejects " + type.getTypeName()) : status;
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
