package dev.caisson.codec;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The fast path of [JdkCodec]: one tag byte, then the value big-endian.
///
/// Only values without identity, state or behaviour of their own. Chains of `instanceof` and not a pattern switch: the
/// switch links itself at run time, which the first task of a young worker would wait for.
final class PlainValues {

    /// What follows is a stream of Java serialization, not one of the values here.
    static final int OBJECT = 0;

    private static final int NULL = 1;
    private static final int FALSE = 2;
    private static final int TRUE = 3;
    private static final int BYTE = 4;
    private static final int SHORT = 5;
    private static final int CHARACTER = 6;
    private static final int INTEGER = 7;
    private static final int LONG = 8;
    private static final int FLOAT = 9;
    private static final int DOUBLE = 10;
    private static final int LATIN_1 = 11;
    private static final int UTF_16 = 12;
    private static final int PATH = 13;
    private static final int BYTES = 14;
    private static final int INTS = 15;
    private static final int LONGS = 16;
    private static final int DOUBLES = 17;

    private static final int LARGEST_LATIN_1 = 0xFF;

    private PlainValues() {}

    /// Writes a value that has a tag of its own.
    ///
    /// @return false if it has none; then nothing was written
    static boolean write(@Nullable Object value, OutputStream out) throws IOException {
        if (value == null) {
            out.write(NULL);
        } else if (value instanceof String text) {
            writeText(text, out);
        } else if (value instanceof Number number) {
            return writeNumber(number, out);
        } else if (value instanceof Boolean truth) {
            out.write(truth ? TRUE : FALSE);
        } else if (value instanceof Character character) {
            writeScalar(CHARACTER, Character.BYTES, character, out);
        } else if (value instanceof Path path && path.getFileSystem().equals(FileSystems.getDefault())) {
            out.write(PATH);
            writeText(path.toString(), out);
        } else {
            return writeArray(value, out);
        }
        return true;
    }

    private static boolean writeNumber(Number number, OutputStream out) throws IOException {
        if (number instanceof Integer) {
            writeScalar(INTEGER, Integer.BYTES, number.intValue(), out);
        } else if (number instanceof Long) {
            writeScalar(LONG, Long.BYTES, number.longValue(), out);
        } else if (number instanceof Double) {
            writeScalar(DOUBLE, Double.BYTES, Double.doubleToRawLongBits(number.doubleValue()), out);
        } else if (number instanceof Float) {
            writeScalar(FLOAT, Float.BYTES, Float.floatToRawIntBits(number.floatValue()), out);
        } else if (number instanceof Short) {
            writeScalar(SHORT, Short.BYTES, number.shortValue(), out);
        } else if (number instanceof Byte) {
            writeScalar(BYTE, Byte.BYTES, number.byteValue(), out);
        } else {
            return false;
        }
        return true;
    }

    private static boolean writeArray(Object value, OutputStream out) throws IOException {
        if (value instanceof byte[] bytes) {
            writeScalar(BYTES, Integer.BYTES, bytes.length, out);
            out.write(bytes);
        } else if (value instanceof int[] ints) {
            writeScalar(INTS, Integer.BYTES, ints.length, out);
            PrimitiveArrays.write(ints, out);
        } else if (value instanceof long[] longs) {
            writeScalar(LONGS, Integer.BYTES, longs.length, out);
            PrimitiveArrays.write(longs, out);
        } else if (value instanceof double[] doubles) {
            writeScalar(DOUBLES, Integer.BYTES, doubles.length, out);
            PrimitiveArrays.write(doubles, out);
        } else {
            return false;
        }
        return true;
    }

    /// One call for tag and value: the stream may be one that pays for each.
    private static void writeScalar(int tag, int bytes, long value, OutputStream out) throws IOException {
        var buffer = new byte[1 + bytes];
        buffer[0] = (byte) tag;
        for (int i = bytes; i > 0; i--) {
            buffer[i] = (byte) (value >>> ((bytes - i) * Byte.SIZE));
        }
        out.write(buffer);
    }

    /// Not UTF-8, which has no place for half of a surrogate pair: any string arrives as it was.
    private static void writeText(String text, OutputStream out) throws IOException {
        boolean narrow = isLatin1(text);
        writeScalar(narrow ? LATIN_1 : UTF_16, Integer.BYTES, text.length(), out);
        if (narrow) {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        } else {
            PrimitiveArrays.write(text, out);
        }
    }

    private static boolean isLatin1(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > LARGEST_LATIN_1) {
                return false;
            }
        }
        return true;
    }

    static @Nullable Object read(int tag, InputStream in) throws IOException {
        return switch (tag) {
            case NULL -> null;
            case FALSE -> false;
            case TRUE -> true;
            case BYTE -> scalar(Byte.BYTES, in).get();
            case SHORT -> scalar(Short.BYTES, in).getShort();
            case CHARACTER -> scalar(Character.BYTES, in).getChar();
            case INTEGER -> scalar(Integer.BYTES, in).getInt();
            case LONG -> scalar(Long.BYTES, in).getLong();
            case FLOAT -> scalar(Float.BYTES, in).getFloat();
            case DOUBLE -> scalar(Double.BYTES, in).getDouble();
            case LATIN_1 -> new String(PrimitiveArrays.readBytes(length(in), in), StandardCharsets.ISO_8859_1);
            case UTF_16 -> new String(PrimitiveArrays.readChars(length(in), in));
            case PATH -> path(read(in.read(), in));
            case BYTES -> PrimitiveArrays.readBytes(length(in), in);
            case INTS -> PrimitiveArrays.readInts(length(in), in);
            case LONGS -> PrimitiveArrays.readLongs(length(in), in);
            case DOUBLES -> PrimitiveArrays.readDoubles(length(in), in);
            default -> throw new StreamCorruptedException("No value begins with tag " + tag);
        };
    }

    private static Path path(@Nullable Object text) throws IOException {
        if (text instanceof String path) {
            return Path.of(path);
        }
        throw new StreamCorruptedException("A path is written as text, this is not: " + text);
    }

    private static int length(InputStream in) throws IOException {
        int length = scalar(Integer.BYTES, in).getInt();
        if (length < 0) {
            throw new StreamCorruptedException("Negative length " + length);
        }
        return length;
    }

    private static ByteBuffer scalar(int bytes, InputStream in) throws IOException {
        var buffer = in.readNBytes(bytes);
        if (buffer.length < bytes) {
            throw new EOFException("The value ends after " + buffer.length + " of " + bytes + " bytes");
        }
        return ByteBuffer.wrap(buffer);
    }
}
