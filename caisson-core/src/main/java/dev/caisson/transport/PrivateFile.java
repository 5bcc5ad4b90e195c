package dev.caisson.transport;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// Says how to make a file that only its owner can open.
final class PrivateFile {

    private static final FileAttribute<?>[] NONE = {};

    private PrivateFile() {}

    /// What to create a file at this path with; nothing where the file system has no such permissions.
    static FileAttribute<?>[] attributes(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : NONE;
    }
}
