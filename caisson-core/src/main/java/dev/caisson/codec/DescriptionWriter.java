package dev.caisson.codec;

import dev.caisson.TaskCodec;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Describes a throwable, trusting none of its methods, within bounds; and writes the description.
final class DescriptionWriter {

    /// Text of all messages together: a message of a mebibyte arrives whole.
    private static final int MOST_CHARACTERS = 4 * 1024 * 1024;

    private static final int MOST_FRAMES_IN_ALL = 16 * 1024;
    private static final int LONGEST_NAME = 512;

    /// Each try writes the causes below it once more.
    private static final int MOST_ENCODINGS = 16;

    private final TaskCodec codec;
    private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private int charactersLeft = MOST_CHARACTERS;
    private int framesLeft = MOST_FRAMES_IN_ALL;
    private int encodingsLeft = MOST_ENCODINGS;

    DescriptionWriter(TaskCodec codec) {
        this.codec = codec;
    }

    /// Describes an error, and encodes it: as a whole if it can be, else those of its causes and suppressed that can
    /// be.
    ErrorDescription describe(Throwable error) {
        return describe(error, true, 0);
    }

    private ErrorDescription describe(Throwable error, boolean encode, int depth) {
        seen.add(error);
        var encoded = encode && encodingsLeft-- > 0 ? EncodedError.of(error, codec) : EncodedError.NONE;
        boolean encodeParts = encode && encoded.isNone();
        var message = told(error::getMessage);
        @Nullable Throwable cause = asked(error::getCause);
        var suppressed = new ArrayList<ErrorDescription>();
        var described = cause == null ? null : part(cause, encodeParts, depth);
        for (var each : Objects.requireNonNullElse(asked(error::getSuppressed), new Throwable[0])) {
            if (seen.size() < ErrorDescription.MOST_ERRORS) {
                suppressed.add(part(each, encodeParts, depth));
            }
        }
        return new ErrorDescription(error.getClass().getName(), message, frames(error), described, suppressed, encoded);
    }

    private ErrorDescription part(Throwable error, boolean encode, int depth) {
        if (!seen.contains(error) && depth < ErrorDescription.DEEPEST && seen.size() < ErrorDescription.MOST_ERRORS) {
            return describe(error, encode, depth + 1);
        }
        var note = seen.contains(error) ? "[as above: causes in a circle]" : "[its own causes are left out]";
        return new ErrorDescription(error.getClass().getName(), note, List.of(), null, List.of(), EncodedError.NONE);
    }

    private @Nullable String told(Supplier<@Nullable String> message) {
        @Nullable String text;
        try {
            text = message.get();
        } catch (Throwable e) {
            text = "[getMessage() threw " + e.getClass().getName() + "]";
        }
        if (text == null) {
            return null;
        }
        var cut = cut(text, charactersLeft);
        charactersLeft -= Math.min(text.length(), charactersLeft);
        return cut;
    }

    private static <T> @Nullable T asked(Supplier<@Nullable T> part) {
        try {
            return part.get();
        } catch (Throwable e) {
            return null;
        }
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest
                ? text
                : text.substring(0, longest) + "… (" + (text.length() - longest) + " more characters)";
    }

    private List<StackTraceElement> frames(Throwable error) {
        var frames = Arrays.stream(Objects.requireNonNullElse(asked(error::getStackTrace), new StackTraceElement[0]))
                .filter(Objects::nonNull)
                .limit(Math.min(framesLeft, ErrorDescription.MOST_FRAMES))
                .toList();
        framesLeft -= frames.size();
        return frames;
    }

    static void write(ErrorDescription error, DataOutputStream out) throws IOException {
        writeText(error.className(), out);
        writeText(error.message(), out);
        out.writeShort(error.frames().size());
        for (var frame : error.frames()) {
            writeFrame(frame, out);
        }
        out.writeInt((int) error.encoded().bytes().size());
        error.encoded().writeTo(out);
        out.writeShort(error.suppressed().size());
        for (var each : error.suppressed()) {
            write(each, out);
        }
        out.writeBoolean(error.cause() != null);
        if (error.cause() != null) {
            write(error.cause(), out);
        }
    }

    /// Names of the built-in loaders and versions of the JDK's own modules are left out, as they are in a printed
    /// trace.
    private static void writeFrame(StackTraceElement frame, DataOutputStream out) throws IOException {
        @Nullable String loader = frame.getClassLoaderName();
        @Nullable String module = frame.getModuleName();
        boolean builtIn = "app".equals(loader) || "platform".equals(loader) || "boot".equals(loader);
        boolean jdk = module != null && (module.startsWith("java.") || module.startsWith("jdk."));
        writeName(builtIn ? null : loader, out);
        writeName(module, out);
        writeName(jdk ? null : frame.getModuleVersion(), out);
        writeName(frame.getClassName(), out);
        writeName(frame.getMethodName(), out);
        writeName(frame.getFileName(), out);
        out.writeInt(frame.getLineNumber());
    }

    private static void writeName(@Nullable String name, DataOutputStream out) throws IOException {
        writeText(name == null ? null : cut(name, LONGEST_NAME), out);
    }

    private static void writeText(@Nullable String text, DataOutputStream out) throws IOException {
        if (text == null) {
            out.writeInt(-1);
            return;
        }
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
