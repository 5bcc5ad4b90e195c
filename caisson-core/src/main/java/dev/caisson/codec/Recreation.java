package dev.caisson.codec;

import dev.caisson.RemoteTaskException;
import dev.caisson.TaskCodec;
import org.jspecify.annotations.Nullable;

/// Makes a throwable of a description: itself if it was sent and can be read, else a stand-in.
final class Recreation {

    /// Of the printed stacks of all stand-ins together: each holds those of its causes once more.
    private static final int MOST_CHARACTERS = 16 * 1024 * 1024;

    private final TaskCodec codec;
    private final ClassLoader loader;
    private int charactersLeft = MOST_CHARACTERS;

    Recreation(TaskCodec codec, ClassLoader loader) {
        this.codec = codec;
        this.loader = loader;
    }

    Throwable of(ErrorDescription error) {
        @Nullable Throwable original = error.encoded().read(codec, loader);
        if (original == null) {
            return standIn(error);
        }
        restoreStack(original, error);
        return original;
    }

    private RemoteTaskException standIn(ErrorDescription error) {
        var stack = printed(error);
        @Nullable Throwable cause = error.cause() == null ? null : of(error.cause());
        var standIn = new RemoteTaskException(error.className(), error.message(), stack, cause);
        standIn.setStackTrace(error.frames().toArray(StackTraceElement[]::new));
        for (var each : error.suppressed()) {
            standIn.addSuppressed(of(each));
        }
        return standIn;
    }

    private String printed(ErrorDescription error) {
        if (charactersLeft == 0) {
            return error.className() + " (its stack is printed with the errors it is part of)";
        }
        var stack = error.printed();
        charactersLeft -= Math.min(stack.length(), charactersLeft);
        return stack;
    }

    /// A codec of the user's may leave the stack out.
    private static void restoreStack(Throwable original, ErrorDescription error) {
        try {
            if (original.getStackTrace().length == 0) {
                original.setStackTrace(error.frames().toArray(StackTraceElement[]::new));
            }
        } catch (RuntimeException e) {
            // Its own methods are of no use; it is still the error that the task threw.
        }
    }
}
