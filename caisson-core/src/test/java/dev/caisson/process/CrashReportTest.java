package dev.caisson.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CrashReportTest {

    @TempDir
    private Path folder;

    @Test
    void quotesSignalFrameThreadAndTheUsersFrames() {
        var report = CrashReport.parse("""
                #
                # A fatal error has been detected by the Java Runtime Environment:
                #
                #  SIGSEGV (0xb) at pc=0x00007fa501e364ad, pid=9241, tid=9242
                #
                # JRE version: OpenJDK Runtime Environment Temurin-25.0.3+9 (25.0.3+9)
                # Problematic frame:
                # C  [libparse.so+0x12364]  parse_header+0xad
                #
                # If you would like to submit a bug report, please visit:
                #

                ---------------  T H R E A D  ---------------

                Current thread (0x00007fa4fc02a930):  JavaThread "main"             [_thread_in_native, id=9242]

                Native frames: (J=compiled Java code, j=interpreted, Vv=VM code, C=native code)
                C  [libparse.so+0x12364]  parse_header+0xad
                Java frames: (J=compiled Java code, j=interpreted, Vv=VM code)
                j  jdk.internal.foreign.abi.Invoker.invoke()V+0 java.base@25.0.3
                J 23 c2 java.lang.invoke.LambdaForm.invoke()V java.base@25.0.3 (14 bytes) @ 0x7f [0x7f+0x3]
                j  org.example.Parser.parse(Ljava/lang/String;)V+29
                v  ~StubRoutines::call_stub 0x00007fa4eb938fa6

                siginfo: si_signo: 11 (SIGSEGV), si_code: 1 (SEGV_MAPERR), si_addr: 0x0000000000000000
                """);

        assertThat(report.signal()).hasValue("SIGSEGV");
        assertThat(report.text()).isEqualTo("""
                SIGSEGV (0xb) at pc=0x00007fa501e364ad, pid=9241, tid=9242
                Problematic frame: C  [libparse.so+0x12364]  parse_header+0xad
                Current thread (0x00007fa4fc02a930):  JavaThread "main"             [_thread_in_native, id=9242]
                Java frames:
                  j  org.example.Parser.parse(Ljava/lang/String;)V+29
                siginfo: si_signo: 11 (SIGSEGV), si_code: 1 (SEGV_MAPERR), si_addr: 0x0000000000000000""");
    }

    @Test
    void quotesTheReasonOfAJvmThatGaveUp() {
        var report = CrashReport.parse("""
                #
                # There is insufficient memory for the Java Runtime Environment to continue.
                # Native memory allocation (malloc) failed to allocate 32744 bytes. Error detail: Chunk::new
                # Possible reasons:
                #   The system is out of physical RAM or swap space
                #   This process is running with CompressedOops enabled
                #
                # JRE version: OpenJDK Runtime Environment Temurin-25.0.3+9 (25.0.3+9)
                """);

        assertThat(report.signal()).isEmpty();
        assertThat(report.text()).startsWith("There is insufficient memory").contains("failed to allocate 32744 bytes");
    }

    @Test
    void takesTheReportOfThatProcessAndDeletesIt() throws IOException {
        var mine = Files.writeString(folder.resolve("hs_err_17.log"), "# mine\n");
        var other = Files.writeString(folder.resolve("hs_err_18.log"), "# other\n");

        assertThat(CrashReport.take(folder, 17))
                .hasValueSatisfying(report -> assertThat(report.text()).isEqualTo("mine"));
        assertThat(mine).doesNotExist();
        assertThat(other).exists();
        assertThat(CrashReport.take(folder, 17)).isEmpty();
    }

    @Test
    void survivesAnEmptyOrTornReport() {
        assertThat(CrashReport.parse("").text()).isEmpty();
        assertThat(CrashReport.parse("#\n# Problematic frame:").text()).contains("Problematic frame:");
    }

    @Test
    void readsNothingButRegularFiles() throws IOException {
        var elsewhere = Files.writeString(folder.resolve("elsewhere"), "# secret\n");
        Files.createSymbolicLink(folder.resolve("hs_err_17.log"), elsewhere);
        Files.createDirectory(folder.resolve("hs_err_18.log"));

        assertThat(CrashReport.take(folder, 17)).isEmpty();
        assertThat(CrashReport.take(folder, 18)).isEmpty();
        assertThat(folder.resolve("hs_err_17.log")).doesNotExist();
        assertThat(elsewhere).exists();
    }

    @Test
    void copesWithAFrameThatIsNone() {
        assertThat(CrashReport.parse("# Problematic frame:\n\n").text()).contains("Problematic frame:");
        assertThat(CrashReport.parse("Java frames:\nj \nJ 1\nJ 1% c2\n").text()).contains("Java frames:");
    }
}
