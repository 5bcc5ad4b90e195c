package dev.caisson.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What targets are like: methods for the tests to run, in workers mostly.
final class Sample {

    private Sample() {}

    record Found(String name, int length, @Nullable String note) {}

    static Found measure(Path file) {
        return new Found(String.valueOf(file.getFileName()), file.toString().length(), null);
    }

    /// Does what the input says.
    @SuppressWarnings("ThreadSleep")
    static Object act(String input) throws Exception {
        return switch (input) {
            case "throw" -> throw new OwnException("page 2 is missing");
            case "exit" -> {
                System.exit(7);
                yield "";
            }
            case "hang" -> {
                sleepThroughInterrupts();
                yield "";
            }
            case "eat" -> {
                var eaten = new ArrayList<byte[]>();
                while (eaten.size() < Integer.MAX_VALUE) {
                    eaten.add(new byte[1 << 20]);
                }
                yield eaten.size();
            }
            case "print" -> {
                System.out.println("{\"not\":\"a result\"}\u001B[2J");
                yield "printed";
            }
            case "settings" -> System.getenv("CAISSON_TEST") + " " + System.getProperty("caisson.test");
            case "interrupt" -> {
                try {
                    Thread.sleep(Long.MAX_VALUE);
                    yield "";
                } catch (InterruptedException e) {
                    yield "interrupted";
                }
            }
            case "interrupt and throw" -> {
                try {
                    Thread.sleep(Long.MAX_VALUE);
                    yield "";
                } catch (InterruptedException e) {
                    throw new OwnException("page 3 is not done");
                }
            }
            default -> Map.of("length", input.length(), "parts", List.of(input.split(",")));
        };
    }

    static int overloaded(int number) {
        return number;
    }

    static String overloaded(String text) {
        return text;
    }

    static int twice(int number) {
        return 2 * number;
    }

    String notStatic(String text) {
        return text;
    }

    static String ofNone() {
        return "";
    }

    static int ofBytes(byte[] bytes) {
        return bytes.length;
    }

    static String ofTwo(String first, String second) {
        return first + second;
    }

    @SuppressWarnings("ThreadSleep")
    private static void sleepThroughInterrupts() {
        while (true) {
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException e) {
                // Goes on: that is what makes it hostile.
            }
        }
    }

    /// Unknown to the parent of a pool whose class path doesn't have it.
    static final class OwnException extends Exception {

        private static final long serialVersionUID = 1L;

        OwnException(String message) {
            super(message);
        }
    }
}
