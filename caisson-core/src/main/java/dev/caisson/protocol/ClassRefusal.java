package dev.caisson.protocol;

/// Why a worker gets no bytes of a class or a resource that it has asked for.
public enum ClassRefusal {
    /// It comes from the application's class path, which the worker has too, or is the library's own.
    ON_CLASS_PATH,
    /// There is none of that name.
    UNKNOWN,
    /// The parent has the class, but its class loader doesn't tell the bytes.
    NO_BYTES;

    private static final ClassRefusal[] REFUSALS = values();

    /// The refusal with a number.
    ///
    /// @throws ProtocolViolationException if there is none
    public static ClassRefusal of(byte number) throws ProtocolViolationException {
        if (number < 0 || number >= REFUSALS.length) {
            throw new ProtocolViolationException("No refusal has number " + number);
        }
        return REFUSALS[number];
    }
}
