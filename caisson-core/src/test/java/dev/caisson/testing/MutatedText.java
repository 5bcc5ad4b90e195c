package dev.caisson.testing;

import java.util.List;
import java.util.random.RandomGenerator;

/// Texts as a hostile worker may leave them: pieces of what a JVM, the worker and the system really say, cut, doubled,
/// shuffled and spiced with what is hard to read.
public final class MutatedText {

    private static final List<String> WORDS = List.of(
            "Terminating due to java.lang.OutOfMemoryError: ",
            "Terminating due to java.lang.OutOfMemoryError: Java heap space",
            "OutOfMemory encountered: ",
            "There is insufficient memory for the Java Runtime Environment to continue.",
            "# A fatal error has been detected by the Java Runtime Environment:",
            "#  SIGSEGV (0xb) at pc=0x00007fa501e364ad, pid=9241, tid=9242",
            "# JRE version: OpenJDK Runtime Environment",
            "# Problematic frame:",
            "# C  [libparse.so+0x12364]  parse_header+0xad",
            "Current thread (0x00007fa4fc02a930):  JavaThread \"main\"",
            "Native frames: (J=compiled Java code, j=interpreted, Vv=VM code, C=native code)",
            "Java frames: (J=compiled Java code, j=interpreted, Vv=VM code)",
            "j  jdk.internal.foreign.abi.Invoker.invoke()V+0",
            "J 23% c2 java.lang.invoke.LambdaForm.invoke()V java.base@25.0.3 (14 bytes)",
            "j  org.example.Parser$$Lambda.parse(Ljava/lang/String;)V+29",
            "siginfo: si_signo: 11 (SIGSEGV), si_code: 1",
            "java.lang.UnsupportedClassVersionError: Main",
            "Too many open files",
            "Metaspace",
            "\tat org.example.Parser.parse(Parser.java:12)",
            "#",
            "j ",
            "J 1",
            "Z");

    private static final List<String> SPICES = List.of(
            "",
            " ",
            "\t",
            "\n",
            "\r",
            "\r\n",
            "\0",
            "\u001b[2J",
            "\u202e",
            "\ud83d",
            "\ude00",
            "\ud83d\ude00",
            "#",
            "(",
            "%",
            "{0}",
            "'",
            "$",
            "\\",
            "\u2028",
            "\u0085",
            "\ufffd");

    private MutatedText() {}

    /// One of many thousands of characters at most, mostly of far fewer.
    public static String next(RandomGenerator random) {
        var text = new StringBuilder();
        for (int left = random.nextInt(12); left > 0; left--) {
            var word = pick(random, WORDS);
            switch (random.nextInt(6)) {
                case 0 -> text.append(word, 0, random.nextInt(word.length() + 1));
                case 1 -> text.append(pick(random, SPICES).repeat(1 << random.nextInt(17)));
                case 2 -> text.append(pick(random, SPICES)).append(word);
                case 3 -> text.append((char) random.nextInt(Character.MAX_VALUE + 1));
                default -> text.append(word);
            }
            text.append(random.nextInt(3) == 0 ? pick(random, SPICES) : "\n");
        }
        return text.toString();
    }

    /// A number that is likely to matter.
    public static int number(RandomGenerator random) {
        return switch (random.nextInt(5)) {
            case 0 -> random.nextInt();
            case 1 -> Integer.MIN_VALUE + random.nextInt(2);
            case 2 -> Integer.MAX_VALUE - random.nextInt(2);
            default -> random.nextInt(-2, 300);
        };
    }

    private static String pick(RandomGenerator random, List<String> some) {
        return some.get(random.nextInt(some.size()));
    }
}
