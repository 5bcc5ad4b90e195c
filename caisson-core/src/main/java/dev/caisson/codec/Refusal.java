package dev.caisson.codec;

import dev.caisson.TaskCodec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Why a value could not be encoded, in words.
///
/// @param message what can't travel, where it was found, and the way out
/// @param path the way to it; empty if it is the value itself or not known
record Refusal(String message, String path) {

    /// Explains a failure.
    ///
    /// @param sentence what didn't work, without a full stop
    /// @param role what the value is
    static Refusal of(String sentence, String role, @Nullable Object value, TaskCodec codec, Throwable thrown) {
        if (!(codec instanceof JdkCodec standard) || value == null) {
            return new Refusal(
                    sentence + ": " + codec.getClass().getTypeName() + " threw " + told(thrown)
                            + ". What it takes is its own decision: see its documentation, or leave the codec away.",
                    "");
        }
        if (thrown instanceof StackOverflowError) {
            return new Refusal(
                    sentence + ": it is nested too deeply for this thread's stack. A long chain of objects, such as a"
                            + " linked list of your own, is one level deeper with each: send a list or an array.",
                    "");
        }
        Optional<Obstacle> obstacle = UnserializablePath.find(value, standard.types());
        return obstacle.map(found ->
                        new Refusal(sentence + ": " + found.sentence(role) + " " + found.advice(role), found.path()))
                .orElseGet(() -> new Refusal(
                        sentence + ": writing it threw " + told(thrown)
                                + ". No part of it throws when written alone; it may"
                                + " have changed meanwhile, by another thread.",
                        ""));
    }

    /// Passes on a failure that is the virtual machine's own and not to be hidden in an exception. Code of the value's
    /// classes may have thrown anything else.
    static void rethrowFatal(Throwable thrown) {
        if (thrown instanceof VirtualMachineError fatal && !(thrown instanceof StackOverflowError)) {
            throw fatal;
        }
    }

    /// A throwable in words, even if its own methods are of no use.
    static String told(Throwable thrown) {
        try {
            return thrown.toString();
        } catch (RuntimeException e) {
            return thrown.getClass().getName();
        }
    }
}
