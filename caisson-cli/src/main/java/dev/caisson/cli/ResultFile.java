package dev.caisson.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A file of results, which only one run at a time may have: it is locked from its opening until it is closed.
///
/// What is written goes to its end. A line of an earlier run goes by becoming blank, so that no moment leaves an input
/// without its line. Blank lines are taken out at the end, by a new file in place of the old one, so that whoever kills
/// this process leaves one or the other. Where there is no room for that they stay: readers of JSON lines pass them
/// over.
final class ResultFile extends OutputStream {

    private static final int LONGEST_LINE = Integer.MAX_VALUE - 64;

    private final Path path;
    private final FileChannel channel;
    private Beginning beginning;
    private boolean hasBlankLines;

    private ResultFile(Path path, FileChannel channel, Beginning beginning) {
        this.path = path;
        this.channel = channel;
        this.beginning = beginning;
    }

    /// What the first write does to the file. Without one it stays as it was, or away.
    private enum Beginning {
        GO_ON,
        REPLACE,
        CREATE
    }

    /// A line of it.
    ///
    /// @param number the first has 1
    /// @param text without its end
    /// @param start where it begins, in bytes
    /// @param length how many bytes it has without its end
    /// @param isWhole whether it has an end
    record Line(long number, String text, long start, int length, boolean isWhole) {

        /// The same line as a mere place.
        Line withoutText() {
            return new Line(number, "", start, length, isWhole);
        }
    }

    /// Opens a file to go on with.
    ///
    /// @throws WrongUsage if another run has it
    static ResultFile resumed(Path path) throws IOException {
        return open(path, Beginning.GO_ON, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /// Opens a file to write it anew. It keeps what it holds until the first write.
    ///
    /// @throws WrongUsage if another run has it
    static ResultFile anew(Path path) throws IOException {
        var beginning = Files.exists(path) ? Beginning.REPLACE : Beginning.CREATE;
        return open(path, beginning, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static ResultFile open(Path path, Beginning beginning, OpenOption... options) throws IOException {
        while (true) {
            var before = identity(path);
            var channel = FileChannel.open(path, options);
            if (!isLocked(channel)) {
                channel.close();
                throw new WrongUsage("--output names " + path + ", and another run writes to it. Wait for its end, or"
                        + " name another file");
            }
            if (Objects.equals(before, identity(path))) {
                return new ResultFile(path, channel, beginning);
            }
            // It is new, or a run that ended just now has put another one in its place.
            channel.close();
        }
    }

    /// Goes through its lines from the first, except blank ones.
    void forEach(LineConsumer consumer) throws IOException {
        channel.position(0);
        // Stays open: whoever closes a file in any way gives its locks away.
        var lines = new LineReader(Channels.newInputStream(channel), LONGEST_LINE);
        var start = 0L;
        for (var text = lines.next(); text != null; text = lines.next()) {
            var end = lines.offset() - (lines.lastHadItsEnd() ? 1 : 0);
            if (text.isBlank()) {
                hasBlankLines = true;
            } else {
                var length = Math.toIntExact(end - start);
                consumer.accept(new Line(lines.count(), text, start, length, lines.lastHadItsEnd()));
            }
            start = lines.offset();
        }
    }

    /// Takes a line.
    interface LineConsumer {
        void accept(Line line) throws IOException;
    }

    /// Takes a line away.
    void blank(Line line) throws IOException {
        var spaces = new byte[line.length()];
        Arrays.fill(spaces, (byte) ' ');
        hasBlankLines = true;
        write(ByteBuffer.wrap(spaces), line.start());
    }

    /// Takes away all from a place on.
    void cut(long size) throws IOException {
        channel.truncate(size);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (beginning == Beginning.REPLACE) {
            cut(0);
        }
        beginning = Beginning.GO_ON;
        var end = channel.size();
        try {
            write(ByteBuffer.wrap(bytes, offset, length), end);
        } catch (IOException e) {
            // Where the disk was full in the middle of a line.
            cut(end);
            throw e;
        }
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            if (channel.isOpen() && beginning == Beginning.CREATE) {
                Files.deleteIfExists(path);
            } else if (channel.isOpen() && hasBlankLines) {
                takeBlankLinesOut(path.toRealPath());
            }
        }
    }

    private void write(ByteBuffer bytes, long start) throws IOException {
        for (var at = start; bytes.hasRemaining(); ) {
            at += channel.write(bytes, at);
        }
    }

    private void takeBlankLinesOut(Path real) throws IOException {
        var copy = real.resolveSibling("." + real.getFileName() + ".resumed");
        try {
            try (var out = new BufferedOutputStream(Files.newOutputStream(copy))) {
                forEach(line -> out.write((line.text() + "\n").getBytes(StandardCharsets.UTF_8)));
            }
            replace(real, copy);
        } catch (IOException e) {
            // No room for a copy, or nobody may create one in this folder.
            var ignored = copy.toFile().delete();
        }
    }

    private static void replace(Path file, Path copy) throws IOException {
        try {
            Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(file));
        } catch (UnsupportedOperationException e) {
            // A file system without them.
        }
        try {
            Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static boolean isLocked(FileChannel channel) {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            // A file system without locks.
            return true;
        }
    }

    private static @Nullable Object identity(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
