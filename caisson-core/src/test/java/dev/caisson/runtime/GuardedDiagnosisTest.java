package dev.caisson.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.pool.PoolBuilder;
import org.junit.jupiter.api.Test;

class GuardedDiagnosisTest {

    private final GuardedDiagnosis errors = new GuardedDiagnosis(new Diagnosis(
            "mine",
            new PoolBuilder().settings().limits(),
            new StartFailureReader(OutcomeReader.ofPool(new PoolBuilder().settings()))));

    @Test
    void makesAPlainErrorOfWhatCantBePutIntoWords() {
        assertThat(errors.notLaunched(new Untellable()))
                .hasMessageContaining("A worker of pool mine could not be started")
                .hasMessageContaining("Untellable")
                .hasMessageContaining("the log of this program");
    }

    private static final class Untellable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new StackOverflowError("planted");
        }
    }
}
