package dev.caisson.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;

/// Writes the library's own classes into a jar, for workers of a program whose class loader has them neither from a jar
/// file nor from a folder: from a jar inside a jar, as Spring Boot packs them, or from a bundle.
///
/// There is no listing of what a class loader has. So the classes are found by following names: whatever class of the
/// library is named in the constants of one that was found belongs to it, too, beginning with the worker's main class
/// and with the services.
final class LibraryArchive {

    private static final List<String> SERVICES = List.of("dev.caisson.ProcessPool$Builder", "dev.caisson.TaskCodec");

    private static final String SERVICES_FOLDER = "META-INF/services/";
    private static final Pattern CLASS_NAME = Pattern.compile("dev/caisson/[\\w/$]+");

    /// Same bytes for the same classes, or the name by content would tell nothing.
    private static final FileTime NO_TIME = FileTime.fromMillis(0);

    private LibraryArchive() {}

    /// Writes the jar, unless one of the same content is there already: into the user's cache folder, or where that
    /// can't be written into another one.
    ///
    /// @param mainClass the worker's main class
    /// @param otherFolder an existing folder
    /// @return the jar
    /// @throws IOException if the classes can't be read, or the jar can be written nowhere
    static Path write(String mainClass, Path otherFolder) throws IOException {
        var bytes = jar(files(mainClass));
        var name = "caisson-core-" + digest(bytes) + ".jar";
        try {
            return write(bytes, folder().resolve(name));
        } catch (IOException _) { // such as a home that can't be written
            return write(bytes, otherFolder.resolve(name));
        }
    }

    private static Path folder() throws IOException {
        var folder = CacheFolder.path();
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        }
        return folder;
    }

    /// A file there is believed only if it is what would be written. Others may be reading it: it is never overwritten,
    /// but replaced.
    private static Path write(byte[] bytes, Path jar) throws IOException {
        if (Files.isRegularFile(jar)
                && Files.size(jar) == bytes.length
                && Arrays.equals(Files.readAllBytes(jar), bytes)) {
            return jar;
        }
        var written = Files.createTempFile(jar.getParent(), "caisson-core", ".new");
        try {
            Files.write(written, bytes);
            return Files.move(written, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /// Names and contents of all files of the library that a worker may need.
    private static SortedMap<String, byte[]> files(String mainClass) throws IOException {
        var files = new TreeMap<String, byte[]>();
        var open = new ArrayDeque<String>();
        open.add(mainClass.replace('.', '/'));
        for (var service : SERVICES) {
            open.add(service.replace('.', '/'));
            var providers = read(SERVICES_FOLDER + service);
            if (providers.length > 0) {
                files.put(SERVICES_FOLDER + service, providers);
                new String(providers, UTF_8)
                        .lines()
                        .map(line -> line.strip().replace('.', '/'))
                        .forEach(open::add);
            }
        }
        while (!open.isEmpty()) {
            var file = open.remove() + ".class";
            if (!files.containsKey(file)) {
                var bytes = read(file);
                files.put(file, bytes);
                if (bytes.length > 0) {
                    addNamedIn(bytes, open);
                }
            }
        }
        files.values().removeIf(bytes -> bytes.length == 0);
        if (!files.containsKey(mainClass.replace('.', '/') + ".class")) {
            throw new LaunchImpossibleException(
                    "Workers need the library on their class path, but the class loader that brought it"
                            + " here gives no bytes of " + mainClass
                            + ": unpack the application, or name caisson-core.jar and"
                            + " the jars of the tasks with classPath(…)");
        }
        return files;
    }

    private static void addNamedIn(byte[] type, ArrayDeque<String> open) {
        for (var entry : ClassFile.of().parse(type).constantPool()) {
            if (entry instanceof Utf8Entry text) {
                var names = CLASS_NAME.matcher(text.stringValue());
                while (names.find()) {
                    open.add(names.group());
                }
            }
        }
    }

    /// Empty if there is no such file.
    private static byte[] read(String file) throws IOException {
        try (var in = LibraryArchive.class.getResourceAsStream("/" + file)) {
            return in == null ? new byte[0] : in.readAllBytes();
        }
    }

    private static byte[] jar(SortedMap<String, byte[]> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                var entry = new JarEntry(file.getKey());
                entry.setLastModifiedTime(NO_TIME);
                jar.putNextEntry(entry);
                jar.write(file.getValue());
                jar.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static String digest(byte[] bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
