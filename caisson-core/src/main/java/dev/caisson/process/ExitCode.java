package dev.caisson.process;

import java.util.List;
import java.util.Optional;

/// What a process exited with, and what that means.
///
/// @param value the number; 128 and the signal's number if a signal ended the process
public record ExitCode(int value) {

    private static final int SIGNALLED = 128;

    /// Linux numbers, from 1; macOS and others differ in those above 15 and in a few below.
    private static final List<String> SIGNALS = List.of(("HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE "
                    + "ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS")
            .split(" "));

    /// The signal that ended the process. A program may also exit with such a code by itself; nothing tells them apart.
    ///
    /// @return such as `SIGKILL`; empty if the code is no signal's
    public Optional<String> signal() {
        var number = value - SIGNALLED;
        return number >= 1 && number <= SIGNALS.size()
                ? Optional.of("SIG" + SIGNALS.get(number - 1))
                : Optional.empty();
    }

    /// What the code means and what may be done about it, as a sentence for error messages.
    ///
    /// @return such as `137 means it was killed (SIGKILL), often for memory: …`
    public String meaning() {
        return value + " means " + signal().map(ExitCode::ofSignal).orElseGet(this::ofProgram) + ".";
    }

    private static String ofSignal(String signal) {
        return switch (signal) {
            case "SIGKILL" ->
                "it was killed (SIGKILL), by someone or, often, by the system for memory: raise the memory limit of "
                        + "this machine or container, or lower maxHeap or the number of workers";
            case "SIGTERM" -> "it was asked to end (SIGTERM), by a person, a service manager or a container's stop";
            case "SIGHUP" -> "its terminal or session ended (SIGHUP)";
            case "SIGSEGV", "SIGBUS", "SIGILL", "SIGFPE" ->
                "native code crashed (" + signal + "): suspect the native libraries that the task uses";
            case "SIGABRT" -> "the JVM or a native library gave up (SIGABRT): see its last output";
            case "SIGXCPU" -> "it used up its CPU time (SIGXCPU): raise ulimit -t";
            case "SIGXFSZ" -> "it wrote a file beyond the limit (SIGXFSZ): raise ulimit -f";
            case "SIGSYS" -> "it made a forbidden system call (SIGSYS): see the container's seccomp profile";
            default -> "it was ended by the signal " + signal;
        };
    }

    private String ofProgram() {
        return switch (value) {
            case 0 -> "it ended by itself, without an error: something called System.exit(0) or Runtime.halt(0)";
            case 1 ->
                "the JVM could not start, crashed, or something called System.exit(1): see its last output and crash "
                        + "report";
            case 3 -> "its heap was full, or something called System.exit(3): raise maxHeap or lower what a task holds";
            case 126 -> "the program is not executable: see javaHome and launchPrefix";
            case 127 -> "the program was not found: see javaHome and launchPrefix";
            default -> "it ended by itself: something called System.exit or Runtime.halt with this code";
        };
    }
}
