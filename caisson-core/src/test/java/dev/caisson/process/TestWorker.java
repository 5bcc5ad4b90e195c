package dev.caisson.process;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/// What the tests run in a process of its own.
final class TestWorker {

    private TestWorker() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        switch (arguments[0]) {
            case "halt" -> halt(Integer.parseInt(arguments[1]));
            case "property" -> System.out.println(System.getProperty(arguments[1]));
            case "processors" -> System.out.println(UsableProcessors.count());
            case "collectors" ->
                ManagementFactory.getGarbageCollectorMXBeans().forEach(bean -> System.out.println(bean.getName()));
            case "max-memory" -> System.out.println(Runtime.getRuntime().maxMemory());
            case "input" -> System.out.println(System.in.read());
            case "where" ->
                System.out.println(
                        TestWorker.class.getProtectionDomain().getCodeSource().getLocation());
            case "opened" ->
                System.out.println(Object.class.getModule().isOpen("java.lang", TestWorker.class.getModule()));
            case "crash" -> crash();
            case "family" -> haveFamily();
            case "folder" -> System.out.println(folderIn(arguments[1]));
            case "hold" -> {
                System.out.println(folderIn(arguments[1]));
                Thread.currentThread().join();
            }
            case "abandon" -> {
                System.out.println(folderIn(arguments[1]));
                Runtime.getRuntime().halt(1);
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void halt(int code) {
        System.out.print("no line feed");
        System.out.flush();
        Runtime.getRuntime().halt(code);
    }

    @SuppressWarnings("restricted") // that it can crash the JVM is what it is for
    private static void crash() {
        System.out.println("about to crash");
        MemorySegment.NULL.reinterpret(Long.BYTES).set(ValueLayout.JAVA_LONG, 0, 1);
    }

    private static void haveFamily() throws IOException, InterruptedException {
        var child = new ProcessBuilder("sleep", "300").inheritIO().start();
        System.out.println(child.pid());
        child.waitFor();
    }

    /// Left open: the end of this process is what is tested.
    private static Path folderIn(String base) throws IOException {
        return PoolFolder.createIn(Path.of(base)).path();
    }
}
