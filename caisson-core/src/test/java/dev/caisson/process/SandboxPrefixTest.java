package dev.caisson.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.caisson.Sandbox;
import dev.caisson.process.SandboxTool.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands by which workers get into a sandbox; they are not run.
class SandboxPrefixTest {

    private static final Path JDK = Path.of("/home/jdk");
    private static final Path ARGUMENTS = Path.of("/dev/shm/caisson-1-a/arguments-1.txt");
    private static final SandboxPrefix.View VIEW = new SandboxPrefix.View(
            new WorkerFolder(
                    Path.of("/dev/shm/caisson-1-a"),
                    Path.of("/dev/shm/caisson-1-a/worker-0-1"),
                    Path.of("/tmp/caisson-1-a/worker-0-1")),
            List.of(JDK, ARGUMENTS),
            Path.of("/work"));
    private static final SandboxTool BUBBLEWRAP = new SandboxTool(Kind.BUBBLEWRAP, "/usr/bin/bwrap");

    @Test
    void isReadOnlyButForTheWorkersOwnWhenStrict() {
        var sandbox = Sandbox.STRICT.readable(Path.of("/home/in")).writable(Path.of("/home/out"));

        var line = String.join(" ", new SandboxPrefix(BUBBLEWRAP, sandbox).of(VIEW));

        assertThat(line)
                .startsWith("/usr/bin/bwrap --unshare-all --die-with-parent --new-session --cap-drop ALL --ro-bind / /")
                .contains("--tmpfs /tmp ")
                .doesNotContain("--ro-bind-try /work ")
                .endsWith("--tmpfs /dev/shm/caisson-1-a --tmpfs /tmp/caisson-1-a"
                        + " --ro-bind-try /home/jdk /home/jdk"
                        + " --ro-bind-try " + ARGUMENTS + " " + ARGUMENTS
                        + " --ro-bind-try /home/in /home/in"
                        + " --bind /home/out /home/out"
                        + " --ro-bind " + ARGUMENTS + " " + ARGUMENTS
                        + " --bind /dev/shm/caisson-1-a/worker-0-1 /dev/shm/caisson-1-a/worker-0-1"
                        + " --bind /tmp/caisson-1-a/worker-0-1 /tmp/caisson-1-a/worker-0-1"
                        + " --chdir /work --");
    }

    @Test
    void leavesFilesAsTheyAreWithoutNetwork() {
        var line = String.join(" ", new SandboxPrefix(BUBBLEWRAP, Sandbox.NO_NETWORK).of(VIEW));

        assertThat(line).contains("--unshare-all", "--bind / /").doesNotContain("--ro-bind / /", "--tmpfs /tmp ");
    }

    @Test
    void endsWithItsStarterByUnshareToo() {
        var tool = new SandboxTool(Kind.UNSHARE, "/usr/bin/unshare");

        assertThat(new SandboxPrefix(tool, Sandbox.NO_NETWORK).of(VIEW))
                .startsWith("setpriv", "--pdeathsig", "KILL", "--no-new-privs", "/usr/bin/unshare")
                .contains("--net", "--pid", "--ipc", "--kill-child=KILL");
    }

    @Test
    void saysWhatTheMachineLacks(@TempDir Path folder) throws IOException {
        assertThat(SandboxTool.search(Sandbox.Level.STRICT, folder.toString()).refusal())
                .contains("There is no bwrap on the PATH", "Install bubblewrap", "Sandbox.NONE")
                .doesNotContain("unshare failed");

        var broken = Files.writeString(
                folder.resolve("bwrap"), "#!/bin/sh\necho No permissions to create a namespace\nexit 1\n");
        assertThat(broken.toFile().setExecutable(true)).isTrue();
        var search = SandboxTool.search(Sandbox.Level.NO_NETWORK, folder.toString());

        assertThat(search.tool()).isEmpty();
        assertThat(search.refusal())
                .contains(broken + " failed: exit code 1, No permissions to create a namespace")
                .contains("There is no unshare on the PATH", "user.max_user_namespaces");
    }

    @Test
    void findsWhatAJvmMustReadToStart(@TempDir Path folder) {
        assertThat(OptionPaths.of(List.of("-cp", "/a:/b.jar", "-javaagent:/c.jar=x", "@/d", "-Dx=/e", "-Xmx1g")))
                .containsExactly(Path.of("/a"), Path.of("/b.jar"), Path.of("/c.jar"), Path.of("/d"));
    }

    @Test
    void refusesPathsThatHaveNoUse() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sandbox.NO_NETWORK.readable(Path.of("/in")))
                .withMessageContaining("take Sandbox.STRICT");
    }
}
