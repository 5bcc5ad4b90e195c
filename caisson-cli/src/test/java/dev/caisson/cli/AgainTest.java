package dev.caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class AgainTest {

    @Test
    void aloneItMeansWhatWasCutOff() {
        assertThat(Again.parse("").statuses()).containsExactlyInAnyOrder(Status.CANCELLED, Status.REJECTED);
    }

    @Test
    void whatIsNamedComesOnTop() {
        assertThat(Again.parse("timeout,out_of_memory").statuses())
                .containsExactlyInAnyOrder(Status.CANCELLED, Status.REJECTED, Status.TIMEOUT, Status.OUT_OF_MEMORY);
    }

    @Test
    void allButOkIsAllButOk() {
        assertThat(Again.parse("all-but-ok").statuses())
                .hasSize(Status.values().length - 1)
                .doesNotContain(Status.OK);
    }

    @Test
    void saysWhichStatusesThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Again.parse("slow"))
                .withMessageContaining("\"slow\" is not a status")
                .withMessageContaining("failed,timeout,crashed");
    }
}
