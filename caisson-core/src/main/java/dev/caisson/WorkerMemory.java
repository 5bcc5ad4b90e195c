package dev.caisson;

import java.io.Serializable;

/// How much memory a worker used when it was last looked at. Zero stands for "not known".
///
/// Process and heap are looked at on different occasions: the process just before the pool kills it, the heap after
/// each task that takes a millisecond or more, at pings, and when it is used up.
///
/// @param residentBytes memory of the process that is in RAM (RSS), before the pool killed it
/// @param peakBytes the most that it ever was
/// @param heapBytes what was in use of its Java heap, garbage included
/// @param heapLimitBytes how large its heap may grow
public record WorkerMemory(long residentBytes, long peakBytes, long heapBytes, long heapLimitBytes)
        implements Serializable {

    /// Nobody looked.
    public static final WorkerMemory UNKNOWN = new WorkerMemory(0, 0, 0, 0);
}
