package dev.caisson.examples;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/// What the build made before the tests: the folder this module's classes are in, and what is beside it.
final class Built {

    static final Path TARGET = target();
    static final Path DOCUMENTS = TARGET.resolve("documents/test-documents");
    static final Path HOSTILE = TARGET.resolve("documents/hostile");

    private Built() {}

    private static Path target() {
        try {
            var classes = Path.of(ExtractText.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Objects.requireNonNull(classes.getParent(), "parent of the folder of classes");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
