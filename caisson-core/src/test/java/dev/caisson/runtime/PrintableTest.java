package dev.caisson.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void leavesTextOfUsersAsItIs() {
        assertThat(Printable.label("parse ä 𝄞.pdf")).isEqualTo("parse ä 𝄞.pdf");
    }

    @Test
    void showsControlCharactersInsteadOfObeyingThem() {
        assertThat(Printable.label("a\nb\u001b[31m")).isEqualTo("a\\nb\\u001b[31m");
    }

    @Test
    void cutsWhatNobodyWouldRead() {
        assertThat(Printable.line("x".repeat(100_000))).hasSizeLessThan(500).endsWith(" …");
    }
}
