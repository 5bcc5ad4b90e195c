package dev.caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class TargetCallTest {

    @Test
    void returnsRecordsAsMaps() throws Exception {
        var call = new TargetCall(Sample.class.getName(), "measure", "java.nio.file.Path", Argument.PATH);

        assertThat(call.apply("in/a.pdf"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("name", "a.pdf")
                .containsEntry("length", 8)
                .containsEntry("note", null);
    }

    @Test
    void tellsWhatTheMethodThrewInWords() {
        var failure = catchThrowableOfType(TargetFailure.class, () -> act().apply("throw"));

        assertThat(failure.fault().type()).isEqualTo(Sample.OwnException.class.getName());
        assertThat(failure.fault().message()).isEqualTo("page 2 is missing");
        assertThat(failure.fault().stack())
                .contains("at dev.caisson.cli.Sample.act")
                .doesNotContain("at dev.caisson.cli.TargetCall.", "at java.base/jdk.internal.reflect");
    }

    @Test
    void tellsThatAnInputIsNoSuchArgument() {
        var call = new TargetCall(Sample.class.getName(), "twice", "int", Argument.INT);

        assertThatThrownBy(() -> call.apply("two"))
                .isInstanceOf(TargetFailure.class)
                .hasMessageContaining("takes int, and the input \"two\" can't be read as one: For input");
    }

    @Test
    void letsOutOfMemoryErrorsThroughForTheWorkerToSee() {
        var call = new TargetCall(TargetCallTest.class.getName(), "runOut", "java.lang.String", Argument.TEXT);

        assertThatThrownBy(() -> call.apply("x")).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void returnsMapsAndLists() throws Exception {
        assertThat(act().apply("a,b")).isEqualTo(Map.of("length", 3, "parts", List.of("a", "b")));
    }

    @SuppressWarnings("DoNotCallSuggester")
    static String runOut(String text) {
        throw new OutOfMemoryError(text);
    }

    private static TargetCall act() {
        return new TargetCall(Sample.class.getName(), "act", "java.lang.String", Argument.TEXT);
    }
}
