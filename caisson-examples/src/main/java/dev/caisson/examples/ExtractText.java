package dev.caisson.examples;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.tika.exception.TikaException;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.PagedText;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.parser.AutoDetectParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.sax.BodyContentHandler;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;

/// Extracts text and metadata with Apache Tika.
///
/// Parsers of documents from strangers hang, crash and eat memory now and then, so [#extract(Path)] belongs in a
/// worker: `caisson map dev.caisson.examples.ExtractText::extract --files '*.pdf'`.
public final class ExtractText {

    private static final int FIRST_WORDS_LENGTH = 80;
    private static final int NO_LIMIT = -1;

    static {
        // PDFBox leaves a list of the system's fonts there, by default in the user's home.
        System.setProperty("pdfbox.fontcache", System.getProperty("java.io.tmpdir"));
    }

    // One for the worker's whole life: finding all parsers takes longer than most documents do. Thread-safe.
    private static final Parser PARSER = new AutoDetectParser();

    private ExtractText() {}

    /// Reads a document of any type Tika knows.
    ///
    /// @param document the file
    /// @return what was found in it
    /// @throws IOException if the file can't be read
    /// @throws TikaException if it is not what it pretends to be, is encrypted, or beyond the parser
    /// @throws SAXException if its text can't be taken
    public static Extracted extract(Path document) throws IOException, TikaException, SAXException {
        var metadata = new Metadata();
        var body = new BodyContentHandler(NO_LIMIT);
        try (var stream = TikaInputStream.get(document, metadata)) {
            PARSER.parse(stream, body, metadata, new ParseContext());
        }
        var text = body.toString().strip();
        return new Extracted(
                blankToNull(metadata.get(TikaCoreProperties.TITLE)),
                metadata.get(Metadata.CONTENT_TYPE),
                blankToNull(metadata.get(TikaCoreProperties.CREATOR)),
                metadata.getInt(PagedText.N_PAGES),
                text.length(),
                firstWords(text));
    }

    private static String firstWords(String text) {
        // Ten times the length, since some documents begin with much white space.
        var line = text.substring(0, Math.min(text.length(), 10 * FIRST_WORDS_LENGTH))
                .replaceAll("\\s+", " ");
        if (line.length() <= FIRST_WORDS_LENGTH) {
            return line;
        }
        var end = line.lastIndexOf(' ', FIRST_WORDS_LENGTH);
        return line.substring(0, end > 0 ? end : FIRST_WORDS_LENGTH);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
