package dev.caisson.codec;

import org.jspecify.annotations.Nullable;

/// One step of a way: an object and its place in the one that holds it.
///
/// @param place such as `field Report.connection`
/// @param object what is there; where it is written as another, itself and not that
/// @param kind what the place says about how the object came there
record Part(String place, Object object, Kind kind) {

    /// How an object came to be held.
    enum Kind {
        /// The receiver that a lambda took along.
        LAMBDAS_THIS,
        /// The object around an inner, local or anonymous class.
        ENCLOSING,
        /// What a collection keeps its elements in: of no interest.
        STORAGE,
        /// Anything else.
        PLAIN
    }

    @Override
    public String toString() {
        var type = TypeName.of(object);
        return switch (kind) {
            case LAMBDAS_THIS -> place + " (" + type + ", this)";
            case ENCLOSING, STORAGE, PLAIN -> place + " (" + type + ")";
        };
    }

    /// If the object can always be written and holds nothing else.
    static boolean isPlain(@Nullable Object object) {
        return object == null
                || object instanceof String
                || (object instanceof Number && object.getClass().getName().startsWith("java.lang."))
                || object instanceof Boolean
                || object instanceof Character
                || object instanceof Class
                || object instanceof Enum
                || (object.getClass().isArray()
                        && object.getClass().getComponentType().isPrimitive());
    }
}
