package dev.caisson.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ZombiesTest {

    @Test
    void warnsOnceWhereThisProgramIsTheFirstProcess() {
        var warned = new AtomicBoolean();

        assertThat(Zombies.isNews(4711, warned)).isFalse();
        assertThat(Zombies.isNews(1, warned)).isTrue();
        assertThat(Zombies.isNews(1, warned)).isFalse();
        assertThat(Zombies.text())
                .contains("process 1")
                .contains("docker run --init")
                .contains("tini");
    }
}
