package dev.caisson.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LedgerTest {

    @Test
    void balancesWhateverTheEndings() {
        var ledger = new Ledger();
        ledger.submitted(10);

        for (var ending : Ending.values()) {
            ledger.ended(ending);
        }

        assertThat(ledger.counts()).isEqualTo(new Counts(10, 1, 1, 1, 4, 1, 1));
        assertThat(ledger.counts().open()).isEqualTo(1);
    }
}
