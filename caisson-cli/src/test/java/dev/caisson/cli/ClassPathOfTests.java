package dev.caisson.cli;

import java.net.URISyntaxException;
import java.nio.file.Path;

/// Where the classes of the tests are: what a user would give as `--class-path`.
final class ClassPathOfTests {

    private ClassPathOfTests() {}

    static Path folder() {
        try {
            return Path.of(Sample.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
