package dev.caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @Test
    void readsClassAndMethod() {
        assertThat(Target.parse("com.acme.Parser$Inner::parse"))
                .isEqualTo(new Target.InClass("com.acme.Parser$Inner", new Target.Method("parse", Optional.empty())));
    }

    @Test
    void readsTypeOfAnOverload() {
        assertThat(Target.parse("Parser::parse(java.nio.file.Path)"))
                .isEqualTo(new Target.InClass("Parser", new Target.Method("parse", Optional.of("java.nio.file.Path"))));
    }

    @Test
    void readsSourceFileWithAndWithoutMethod() {
        assertThat(Target.parse("src/Thumbnail.java"))
                .isEqualTo(new Target.InSource(Path.of("src/Thumbnail.java"), Optional.empty()));
        assertThat(Target.parse("Thumbnail.java::make"))
                .isEqualTo(new Target.InSource(
                        Path.of("Thumbnail.java"), Optional.of(new Target.Method("make", Optional.empty()))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Parser", "Parser.parse", "Parser:parse", "::parse", "Parser::", ""})
    void saysHowToWriteATarget(String text) {
        assertThatThrownBy(() -> Target.parse(text))
                .isInstanceOf(WrongUsage.class)
                .hasMessageContaining("Write pkg.Class::method, File.java, or File.java::method");
    }

    @Test
    void saysHowToNameAMethod() {
        assertThatThrownBy(() -> Target.parse("Parser::parse(int"))
                .isInstanceOf(WrongUsage.class)
                .hasMessageContaining("Class::method(Type)");
    }
}
