package dev.caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BarTextTest {

    private static final BarText LONG_NAME = new BarText(
            "com.acme.enterprise.thumbnails.processing.ThumbnailExtractorService::extract",
            45,
            100,
            Duration.ofSeconds(9),
            "3 not ok");

    @Test
    void showsEverythingThoughTheNameIsLong() {
        assertThat(LONG_NAME.in(80))
                .isEqualTo("ThumbnailExtractorS…  45% [===>    ] 45/100 0:00:09, 0:00:11 left 5.0/s 3 not ok")
                .hasSizeLessThanOrEqualTo(80);
    }

    @Test
    void keepsWhatIsNotOkAsLongAsAnything() {
        assertThat(LONG_NAME.in(40)).isEqualTo("Thumbnail…  45% 45/100 5.0/s 3 not ok");
        assertThat(LONG_NAME.in(30)).isEqualTo("Thumbn…  45% 45/100 3 not ok");
        assertThat(LONG_NAME.in(16)).isEqualTo("45/100 3 not ok");
        assertThat(LONG_NAME.in(9)).isEqualTo("3 not ok");
        assertThat(LONG_NAME.in(4)).isEqualTo("3 n…");
    }

    @Test
    void fillsTheBarToItsEnd() {
        assertThat(new BarText("H::ok", 100, 100, Duration.ofSeconds(10), "").in(60))
                .isEqualTo("H::ok 100% [==========] 100/100 0:00:10, 0:00:00 left 10.0/s");
        assertThat(new BarText("H::ok", 0, 100, Duration.ZERO, "").in(60))
                .isEqualTo("H::ok   0% [>                          ] 0/100 0:00:00 0.0/s");
    }

    @Test
    void showsNoShareOfAnUnknownNumber() {
        assertThat(new BarText("H::ok", 7, 0, Duration.ofSeconds(14), "").in(60))
                .isEqualTo("H::ok 7 0:00:14 0.5/s");
    }
}
