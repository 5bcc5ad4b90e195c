package dev.caisson.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("C26")
class BatchShapeTest {

    @Test
    void looksAheadForSomeChunksOfEachWorker() {
        assertThat(BatchShape.DEFAULT.ahead(1, 2)).isEqualTo(64);
        assertThat(BatchShape.DEFAULT.ahead(100, 2)).isEqualTo(800);
        assertThat(BatchShape.DEFAULT.withChunkSize(100_000).ahead(100_000, 2)).isEqualTo(800_000);
    }

    @Test
    void boundsTheLookAheadOfChunksThatGrow() {
        assertThat(BatchShape.DEFAULT.ahead(1_024, 64)).isEqualTo(65_536);
        assertThat(BatchShape.DEFAULT.ahead(1, 50_000)).isEqualTo(200_000);
    }

    @Test
    void takesTheUsersLookAhead() {
        assertThat(BatchShape.DEFAULT.withAhead(3).ahead(1_024, 64)).isEqualTo(3);
    }
}
