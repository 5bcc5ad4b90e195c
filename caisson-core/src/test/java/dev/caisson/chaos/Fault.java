package dev.caisson.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// The class behind the fault points of a worker: does one deed at the n-th visit to one point.
///
/// Of all workers of a pool the first to get there does it, unless each of them shall: a file tells the others, and the
/// test, who it was and in which task.
public final class Fault implements Consumer<String> {

    private static final String PROPERTY = "caisson.fault";

    private final Plan plan = Plan.parse(System.getProperty(PROPERTY, ""));
    private final AtomicInteger visits = new AtomicInteger();

    /// @param token the file that says that it was done
    /// @param eachTime whether each worker does it
    record Plan(String point, int visit, Deed deed, boolean eachTime, String token) {

        static Plan parse(String text) {
            var parts = text.split(":", 5);
            return new Plan(
                    parts[0],
                    Integer.parseInt(parts[1]),
                    Deed.valueOf(parts[2]),
                    Boolean.parseBoolean(parts[3]),
                    parts[4]);
        }

        /// Options that arm a worker's JVM.
        String[] jvmOptions() {
            var text = String.join(":", point, Integer.toString(visit), deed.name(), Boolean.toString(eachTime), token);
            return new String[] {
                "--enable-native-access=ALL-UNNAMED",
                "-Dcaisson.faults=" + Fault.class.getName(),
                "-D" + PROPERTY + "=" + text
            };
        }
    }

    /// Reads the plan from the system properties.
    public Fault() {}

    @Override
    public void accept(String point) {
        if (point.equals(plan.point()) && visits.incrementAndGet() >= plan.visit() && isFirst()) {
            plan.deed().perform();
        }
    }

    private boolean isFirst() {
        var token = Path.of(plan.token());
        if (Files.exists(token)) {
            return plan.eachTime();
        }
        var own = token.resolveSibling(
                token.getFileName() + "." + ProcessHandle.current().pid());
        try {
            Files.writeString(own, Token.ofThisThread().toString());
            Files.createLink(token, own); // as a whole, or not at all
            return true;
        } catch (FileAlreadyExistsException others) {
            return plan.eachTime();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Who did it.
    ///
    /// @param pid the worker
    /// @param task whose thread it was; 0 for none
    record Token(long pid, long task) {

        private static final String BEFORE_TASK = " task ";

        static Token ofThisThread() {
            var name = Thread.currentThread().getName();
            int at = name.indexOf(BEFORE_TASK);
            return new Token(
                    ProcessHandle.current().pid(),
                    at < 0 ? 0 : Long.parseLong(name.substring(at + BEFORE_TASK.length())));
        }

        static Token read(Path file) {
            try {
                var parts = Files.readString(file).split(" ", 2);
                return new Token(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        public String toString() {
            return pid + " " + task;
        }
    }
}
