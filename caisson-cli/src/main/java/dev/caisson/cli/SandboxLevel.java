package dev.caisson.cli;

import dev.caisson.Sandbox;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// Reads the word after `--sandbox`, which may be missing: then the next word is the target of the command.
final class SandboxLevel implements IParameterConsumer {

    @Override
    @SuppressWarnings("JdkObsolete") // the parser's own
    public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
        var word = words.isEmpty() ? "" : words.peek();
        if (word.equals("strict") || word.equals("no-network")) {
            words.pop();
        }
        option.setValue(word.equals("no-network") ? Sandbox.NO_NETWORK : Sandbox.STRICT);
    }
}
