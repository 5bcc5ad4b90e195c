package dev.caisson.process;

import java.io.File;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// File attributes that keep other users out.
final class OwnerOnly {

    private OwnerOnly() {}

    /// Mode 0700 for a new folder; none where the system has no such modes.
    static FileAttribute<?>[] folder() {
        return File.separatorChar == '/'
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(Set.of(
                            PosixFilePermission.OWNER_READ,
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.OWNER_EXECUTE))
                }
                : new FileAttribute<?>[0];
    }
}
