package dev.caisson.codec;

import java.io.Serializable;
import java.nio.file.Path;

/// A path of the default file system inside a serialized object; becomes a [Path] again where it is read.
record WrittenPath(String path) implements Serializable {

    private Object readResolve() {
        return Path.of(path);
    }
}
