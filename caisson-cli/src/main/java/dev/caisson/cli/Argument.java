package dev.caisson.cli;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a target may take as its one argument, and how an input's text becomes that.
enum Argument {
    TEXT(String.class, CharSequence.class, Object.class),
    PATH(Path.class),
    FILE(File.class),
    INT(int.class, Integer.class),
    LONG(long.class, Long.class),
    DOUBLE(double.class, Double.class),
    FLOAT(float.class, Float.class),
    SHORT(short.class, Short.class),
    BYTE(byte.class, Byte.class),
    BOOLEAN(boolean.class, Boolean.class),
    BIG_INTEGER(BigInteger.class),
    BIG_DECIMAL(BigDecimal.class),
    ADDRESS(URI.class);

    @SuppressWarnings("ImmutableEnumChecker") // List.of gives immutable lists
    private final List<Class<?>> types;

    Argument(Class<?>... types) {
        this.types = List.of(types);
    }

    /// The kind of a parameter, if inputs can become that.
    static Optional<Argument> of(Class<?> type) {
        return Arrays.stream(values())
                .filter(argument -> argument.types.contains(type))
                .findFirst();
    }

    /// The types that a target may take, for messages.
    static String supported() {
        return Arrays.stream(values())
                .map(argument -> argument.types.getFirst().getSimpleName())
                .collect(Collectors.joining(", "));
    }

    /// Makes the argument.
    ///
    /// @throws IllegalArgumentException if the text can't be read as this type
    Object parse(String text) {
        try {
            return switch (this) {
                case TEXT -> text;
                case PATH -> Path.of(text);
                case FILE -> new File(text);
                case INT -> Integer.valueOf(text.strip());
                case LONG -> Long.valueOf(text.strip());
                case DOUBLE -> Double.valueOf(text.strip());
                case FLOAT -> Float.valueOf(text.strip());
                case SHORT -> Short.valueOf(text.strip());
                case BYTE -> Byte.valueOf(text.strip());
                case BOOLEAN -> truth(text.strip());
                case BIG_INTEGER -> new BigInteger(text.strip());
                case BIG_DECIMAL -> new BigDecimal(text.strip());
                case ADDRESS -> URI.create(text.strip());
            };
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The method takes " + types.getFirst().getSimpleName() + ", and the input \"" + text
                            + "\" can't be read as one: " + e.getMessage());
        }
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }
}
