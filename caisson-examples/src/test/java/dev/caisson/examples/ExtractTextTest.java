package dev.caisson.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.tika.exception.EncryptedDocumentException;
import org.junit.jupiter.api.Test;

class ExtractTextTest {

    @Test
    void findsTextAndMetadataOfAPdf() throws Exception {
        var found = ExtractText.extract(Built.DOCUMENTS.resolve("testPDF.pdf"));

        assertThat(found.title()).isEqualTo("Apache Tika - Apache Tika");
        assertThat(found.type()).isEqualTo("application/pdf");
        assertThat(found.author()).isEqualTo("Bertrand Delacrétaz");
        assertThat(found.pages()).isEqualTo(1);
        assertThat(found.characters()).isGreaterThan(1000);
        assertThat(found.firstWords()).contains("Tika").hasSizeLessThanOrEqualTo(80);
    }

    @Test
    void findsTextOfAWordDocument() throws Exception {
        var found = ExtractText.extract(Built.DOCUMENTS.resolve("testWORD.docx"));

        assertThat(found.title()).isEqualTo("Sample Word Document");
        assertThat(found.firstWords()).contains("Sample Word Document");
    }

    @Test
    void refusesAnEncryptedDocument() {
        assertThatThrownBy(() -> ExtractText.extract(Built.DOCUMENTS.resolve("testWORD_protected_passtika.docx")))
                .isInstanceOf(EncryptedDocumentException.class);
    }
}
