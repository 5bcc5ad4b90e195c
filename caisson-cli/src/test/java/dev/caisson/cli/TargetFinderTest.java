package dev.caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetFinderTest {

    private static final String SAMPLE = Sample.class.getName();

    @Test
    void callsTheMethodWithTheInputAsItsArgument() throws Exception {
        assertThat(find(SAMPLE, "twice").apply("21")).isEqualTo(42);
    }

    @Test
    void tellsOverloadsApartByTheirType() throws Exception {
        assertThat(find(SAMPLE, "overloaded(int)").apply("7")).isEqualTo(7);
        assertThat(find(SAMPLE, "overloaded(java.lang.String)").apply("7")).isEqualTo("7");
    }

    @Test
    void asksWhichOverloadIsMeant() {
        assertThatFinding(SAMPLE, "overloaded")
                .hasMessageContaining("overloaded(String), overloaded(int)")
                .hasMessageContaining("::overloaded(");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "notStatic       | notStatic(String) is not static",
                "ofTwo           | ofTwo(String, String) takes 2 arguments",
                "ofNone          | ofNone() takes no arguments",
                "ofBytes         | ofBytes(byte[]) takes a byte[], which inputs can't be made into",
                "overloaded(URL) | overloaded(String) is another one; overloaded(int) is another one"
            })
    void saysWhatIsWrongWithAMethodOfTheName(String method, String said) {
        assertThatFinding(SAMPLE, method)
                .hasMessageContaining(said)
                .hasMessageContaining("A target is a static method of one argument: String, Path");
    }

    @Test
    void findsANestedClassByItsNameInTheSources() {
        assertThat(find(Explosive.class.getCanonicalName(), "touch"))
                .hasToString(Explosive.class.getName() + "::touch(String)");
    }

    @Test
    void saysHowToWriteAPackage() {
        assertThatFinding("com/acme/Nowhere", "parse").hasMessageContaining("Write dots between packages: com.acme");
    }

    @Test
    void showsTheMethodsThereAre() {
        assertThatFinding(SAMPLE, "tiwce").hasMessageContaining("A target can be act(String)");
    }

    @Test
    void saysWhereItLookedForAClass() {
        assertThatFinding("com.acme.Nowhere", "parse")
                .hasMessageContaining("no class com.acme.Nowhere on the class path")
                .hasMessageContaining("--class-path");
    }

    @Test
    void neverInitializesTheClass() {
        assertThat(find(Explosive.class.getName(), "touch")).hasToString(Explosive.class.getName() + "::touch(String)");
    }

    private static AbstractThrowableAssert<?, ?> assertThatFinding(String className, String method) {
        return assertThatThrownBy(() -> find(className, method)).isInstanceOf(WrongUsage.class);
    }

    private static TargetCall find(String className, String method) {
        if (!(Target.parse(className + "::" + method) instanceof Target.InClass(var name, var wanted))) {
            throw new AssertionError(method);
        }
        return new TargetFinder(List.of(ClassPathOfTests.folder())).find(name, Optional.of(wanted));
    }

    private static final class Explosive {

        static {
            if (true) {
                throw new IllegalStateException("initialized");
            }
        }

        @SuppressWarnings("UnusedMethod") // found by its name
        static String touch(String text) {
            return text;
        }
    }
}
