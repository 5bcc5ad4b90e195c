package dev.caisson.cli;

import java.io.ByteArrayOutputStream;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// An input whose bytes are no UTF-8, so that Java can't name the file that it stands for.
final class UndecodableName extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    UndecodableName(String escaped) {
        super(
                "The name is not valid UTF-8 (\\x stands before its bytes beyond ASCII): " + escaped
                        + ". Java can't open such files: rename it, with convmv for instance",
                null,
                false,
                false);
    }

    static boolean isValid(ByteArrayOutputStream name) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name.toByteArray()));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /// The name with all its bytes beyond ASCII as `\xE9`.
    static String escaped(ByteArrayOutputStream name) {
        var text = new StringBuilder();
        for (var letter : name.toByteArray()) {
            if (letter >= 0) {
                text.append((char) letter);
            } else {
                text.append(String.format(Locale.ROOT, "\\x%02X", letter & 0xFF));
            }
        }
        return text.toString();
    }
}
