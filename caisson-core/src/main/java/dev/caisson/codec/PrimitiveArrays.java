package dev.caisson.codec;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The contents of primitive arrays as big-endian bytes, in pieces, so that no second copy of a large one is made.
///
/// A declared length is only believed as far as there are bytes: an array begins as large as the stream says that it
/// has bytes for, and grows as they arrive.
final class PrimitiveArrays {

    private static final int PIECE_BYTES = 8 * 1024;
    private static final int BELIEVED_BYTES = 64 * 1024;

    private PrimitiveArrays() {}

    static void write(int[] array, OutputStream out) throws IOException {
        var piece = piece(array.length, Integer.BYTES);
        for (int at = 0; at < array.length; ) {
            int count = Math.min(array.length - at, piece.length / Integer.BYTES);
            ByteBuffer.wrap(piece).asIntBuffer().put(array, at, count);
            out.write(piece, 0, count * Integer.BYTES);
            at += count;
        }
    }

    static void write(long[] array, OutputStream out) throws IOException {
        var piece = piece(array.length, Long.BYTES);
        for (int at = 0; at < array.length; ) {
            int count = Math.min(array.length - at, piece.length / Long.BYTES);
            ByteBuffer.wrap(piece).asLongBuffer().put(array, at, count);
            out.write(piece, 0, count * Long.BYTES);
            at += count;
        }
    }

    static void write(double[] array, OutputStream out) throws IOException {
        var piece = piece(array.length, Double.BYTES);
        for (int at = 0; at < array.length; ) {
            int count = Math.min(array.length - at, piece.length / Double.BYTES);
            ByteBuffer.wrap(piece).asDoubleBuffer().put(array, at, count);
            out.write(piece, 0, count * Double.BYTES);
            at += count;
        }
    }

    static void write(String text, OutputStream out) throws IOException {
        var piece = piece(text.length(), Character.BYTES);
        for (int at = 0; at < text.length(); ) {
            int count = Math.min(text.length() - at, piece.length / Character.BYTES);
            ByteBuffer.wrap(piece).asCharBuffer().put(text, at, at + count);
            out.write(piece, 0, count * Character.BYTES);
            at += count;
        }
    }

    static byte[] readBytes(int length, InputStream in) throws IOException {
        var array = new byte[believed(length, Byte.BYTES, in)];
        for (int at = 0; at < length; ) {
            array = at < array.length ? array : Arrays.copyOf(array, grown(at, length));
            int count = in.read(array, at, array.length - at);
            if (count < 0) {
                throw cut(at, length);
            }
            at += count;
        }
        return array;
    }

    static int[] readInts(int length, InputStream in) throws IOException {
        var array = new int[believed(length, Integer.BYTES, in)];
        var piece = piece(length, Integer.BYTES);
        for (int at = 0; at < length; ) {
            array = at < array.length ? array : Arrays.copyOf(array, grown(at, length));
            int count = fill(piece, array.length - at, Integer.BYTES, at, length, in);
            ByteBuffer.wrap(piece).asIntBuffer().get(array, at, count);
            at += count;
        }
        return array;
    }

    static long[] readLongs(int length, InputStream in) throws IOException {
        var array = new long[believed(length, Long.BYTES, in)];
        var piece = piece(length, Long.BYTES);
        for (int at = 0; at < length; ) {
            array = at < array.length ? array : Arrays.copyOf(array, grown(at, length));
            int count = fill(piece, array.length - at, Long.BYTES, at, length, in);
            ByteBuffer.wrap(piece).asLongBuffer().get(array, at, count);
            at += count;
        }
        return array;
    }

    static double[] readDoubles(int length, InputStream in) throws IOException {
        var array = new double[believed(length, Double.BYTES, in)];
        var piece = piece(length, Double.BYTES);
        for (int at = 0; at < length; ) {
            array = at < array.length ? array : Arrays.copyOf(array, grown(at, length));
            int count = fill(piece, array.length - at, Double.BYTES, at, length, in);
            ByteBuffer.wrap(piece).asDoubleBuffer().get(array, at, count);
            at += count;
        }
        return array;
    }

    static char[] readChars(int length, InputStream in) throws IOException {
        var array = new char[believed(length, Character.BYTES, in)];
        var piece = piece(length, Character.BYTES);
        for (int at = 0; at < length; ) {
            array = at < array.length ? array : Arrays.copyOf(array, grown(at, length));
            int count = fill(piece, array.length - at, Character.BYTES, at, length, in);
            ByteBuffer.wrap(piece).asCharBuffer().get(array, at, count);
            at += count;
        }
        return array;
    }

    private static int fill(byte[] piece, int wanted, int elementBytes, int at, int length, InputStream in)
            throws IOException {
        int count = Math.min(wanted, piece.length / elementBytes);
        if (in.readNBytes(piece, 0, count * elementBytes) < count * elementBytes) {
            throw cut(at, length);
        }
        return count;
    }

    private static byte[] piece(int length, int elementBytes) {
        return new byte[(int) Math.min(PIECE_BYTES, (long) length * elementBytes)];
    }

    private static int believed(int length, int elementBytes, InputStream in) throws IOException {
        return Math.min(length, Math.max(in.available(), BELIEVED_BYTES) / elementBytes);
    }

    private static int grown(int reached, int length) {
        return (int) Math.min(length, 2L * reached);
    }

    private static EOFException cut(int reached, int length) {
        return new EOFException("The value ends near element " + reached + " of " + length);
    }
}
