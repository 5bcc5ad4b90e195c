package dev.caisson.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractDocumentsTest {

    @TempDir
    private Path folder;

    @Test
    void printsALineForEachDocumentAndHowManyEndedHow() throws IOException, InterruptedException {
        for (var document : List.of(
                Built.DOCUMENTS.resolve("testPDF.pdf"),
                Built.DOCUMENTS.resolve("testWORD.docx"),
                Built.HOSTILE.resolve("exits.xml"))) {
            Files.copy(document, folder.resolve(document.getFileName()));
        }

        var program = Program.run(ExtractDocuments.class.getName(), List.of(folder.toString()));

        assertThat(program.line("testPDF.pdf: ")).contains("application/pdf").contains("Tika");
        assertThat(program.line("testWORD.docx: ")).contains("Sample Word Document");
        assertThat(program.line("exits.xml: "))
                .contains("WorkerExitedException")
                .contains("System.exit");
        assertThat(program.lines()).contains("{WorkerExitedException=1, ok=2}");
        assertThat(program.exit()).isZero();
    }
}
