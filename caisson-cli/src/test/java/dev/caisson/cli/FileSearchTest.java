package dev.caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSearchTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void createFiles() throws IOException {
        for (var name : List.of("a.pdf", "b.txt", "in/c.pdf", "in/deep/d.pdf", "in/[x].txt")) {
            var file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
    }

    @Test
    void starStaysInItsFolder() {
        assertThat(search("*.pdf")).containsExactly("a.pdf");
        assertThat(search("in/*")).containsExactly("in/[x].txt", "in/c.pdf");
    }

    @Test
    void twoStarsGoThroughFoldersOrNone() {
        assertThat(search("**/*.pdf")).containsExactly("a.pdf", "in/c.pdf", "in/deep/d.pdf");
        assertThat(search("in/**/*.pdf")).containsExactly("in/c.pdf", "in/deep/d.pdf");
        assertThat(search("in/**")).containsExactly("in/[x].txt", "in/c.pdf", "in/deep/d.pdf");
    }

    @Test
    void findsNamesThatHaveTheEndOfALineInThem() throws IOException {
        var file = folder.resolve("odd\nname/a\nb.odd");
        Files.createDirectories(file.getParent());
        Files.createFile(file);

        assertThat(search("**/*.odd")).containsExactly("odd\nname/a\nb.odd");
        assertThat(search("*/*.odd")).containsExactly("odd\nname/a\nb.odd");
    }

    @Test
    void takesAlternativesAndSeveralPatternsAndFindsEachFileOnce() {
        assertThat(search("{a,b}.*", "*.txt")).containsExactly("a.pdf", "b.txt");
    }

    @Test
    void takesAFileByItsNameThoughItLooksLikeAPattern() {
        assertThat(search("in/[x].txt")).containsExactly("in/[x].txt");
    }

    @Test
    void saysThatNothingMatches() {
        assertThatThrownBy(() -> search("*.doc"))
                .isInstanceOf(WrongUsage.class)
                .hasMessageContaining("*.doc")
                .hasMessageContaining("Put the pattern in quotes");
        assertThatThrownBy(() -> search("nowhere/*")).isInstanceOf(WrongUsage.class);
    }

    @Test
    void saysHowToNameTheFilesOfAFolder() {
        assertThatThrownBy(() -> search("in")).isInstanceOf(WrongUsage.class).hasMessageContaining("/in/**'");
    }

    @Test
    void saysWhatIsWrongWithAPattern() {
        assertThatThrownBy(() -> search("[a"))
                .isInstanceOf(WrongUsage.class)
                .hasMessageContaining("is not a pattern of files: Missing ].");
    }

    @Test
    void goesIntoNoLinkToAFolderButTheOneThatIsNamed() throws IOException {
        Files.createSymbolicLink(folder.resolve("in/up"), folder);
        Files.createSymbolicLink(folder.resolve("other"), folder.resolve("in/deep"));
        Files.createSymbolicLink(folder.resolve("in/link.pdf"), folder.resolve("a.pdf"));

        assertThat(search("**/*.pdf")).containsExactly("a.pdf", "in/c.pdf", "in/deep/d.pdf", "in/link.pdf");
        assertThat(search("other/*")).containsExactly("other/d.pdf");
    }

    @Test
    void tellsOfWhatMatchesAndIsNoRegularFile() throws IOException {
        Files.createSymbolicLink(folder.resolve("in/dangling.pdf"), folder.resolve("nowhere"));
        Files.createSymbolicLink(folder.resolve("in/device.pdf"), Path.of("/dev/null"));
        Files.createSymbolicLink(folder.resolve("in/dangling.doc"), folder.resolve("nowhere"));

        assertThat(FileSearch.files(List.of(folder + "/in/*.pdf")).passedOver())
                .containsExactly(
                        folder + "/in/dangling.pdf: a link to nothing",
                        folder + "/in/device.pdf: a FIFO, socket or device, not a regular file");
    }

    @Test
    void findsHiddenFilesToo() throws IOException {
        Files.createFile(folder.resolve("in/.hidden"));

        assertThat(search("in/*")).contains("in/.hidden");
    }

    @Test
    void tellsWhatCantBeLookedInto() {
        var nameless = "x".repeat(300);

        assertThatThrownBy(() -> search(nameless + "/*"))
                .isInstanceOf(WrongUsage.class)
                .hasMessageContaining("There may be some that can't be read: ")
                .hasMessageContaining(nameless + ": File name too long");
    }

    @Test
    void namesTheFolderThatPermissionLacksFor() {
        var collector = new FileSearch.Collector(folder, _ -> true);

        collector.visitFileFailed(Path.of("in/secret"), new AccessDeniedException("in/secret"));
        collector.visitFileFailed(Path.of("in/gone"), new NoSuchFileException("in/gone"));

        assertThat(collector.passedOver()).containsExactly("in/secret: no permission");
    }

    @Test
    void looksAsDeepAsAnAlternativeGoes() {
        assertThat(search("{in,in/deep}/*.pdf", "*/*.txt")).containsExactly("in/[x].txt", "in/c.pdf", "in/deep/d.pdf");
    }

    private List<String> search(String... patterns) {
        var absolute =
                Arrays.stream(patterns).map(pattern -> folder + "/" + pattern).toList();
        return FileSearch.files(absolute).files().stream()
                .map(file -> folder.relativize(Path.of(file)).toString())
                .toList();
    }
}
