package dev.caisson.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.caisson.family.FamilyMark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
final class PoolFolderTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Path base;
    private final List<Process> started = new ArrayList<>();

    PoolFolderTest(@TempDir Path base) {
        this.base = base;
    }

    @AfterEach
    void leaveNothing() {
        for (var process : started) {
            process.destroyForcibly();
            assertThat(Eventually.holds(LIMIT, () -> !process.isAlive())).isTrue();
        }
    }

    @Test
    @Tag("P18")
    void isForThisUserOnly() throws IOException {
        try (var folder = PoolFolder.create()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                    .isEqualTo("rwx------");
            assertThat(folder.name())
                    .startsWith("caisson-" + ProcessHandle.current().pid() + "-");
        }
    }

    @Test
    void isShortEnoughForASocket() throws IOException {
        try (var folder = PoolFolder.create()) {
            var socket = folder.path().resolve("pool.sock").toString();

            assertThat(socket.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(104);
            assertThat(folder.path()).isAbsolute();
        }
    }

    @Test
    void refusesAPlaceWithTooLongAPath() throws IOException {
        var deep = Files.createDirectories(base.resolve("x".repeat(100)));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> PoolFolder.createIn(deep))
                .withMessageContaining("java.io.tmpdir");
    }

    @Test
    void isDeletedWithAllInItAtClose() throws IOException {
        var folder = PoolFolder.createIn(base);
        Files.writeString(folder.path().resolve("board"), "x");
        Files.createDirectories(folder.path().resolve("a/b"));

        folder.close();
        folder.close();

        assertThat(base).isEmptyDirectory();
    }

    @Test
    void doesNotFollowLinksWhenItIsDeleted(@TempDir Path other) throws IOException {
        var precious = Files.writeString(other.resolve("precious"), "x");
        var folder = PoolFolder.createIn(base);
        Files.createSymbolicLink(folder.path().resolve("link"), other);

        folder.close();

        assertThat(precious).exists();
        assertThat(base).isEmptyDirectory();
    }

    @Test
    void leavesTheOpenFoldersOfThisProcess() throws IOException {
        try (var first = PoolFolder.createIn(base);
                var second = PoolFolder.createIn(base)) {
            assertThat(first.path()).exists();
            assertThat(OwnerLock.isAbandoned(second.path()))
                    .as("seen from the owner itself")
                    .isFalse();
        }
    }

    @Test
    @Tag("P18")
    void leavesTheFolderOfALivingProcess() throws Exception {
        var owner = new ProcessBuilder(java("hold"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        started.add(owner);
        var held = Path.of(owner.inputReader().readLine());

        sweep();
        assertThat(held).exists();
        owner.destroyForcibly().waitFor(5, SECONDS);
        sweep();
        assertThat(held).doesNotExist();
    }

    @Test
    @Tag("P18")
    void sweepsTheFolderOfAKilledProcessAndTheFamiliesOfItsWorkers() throws Exception {
        var abandoned = run("abandon");
        assertThat(abandoned).exists();
        var environment = new HashMap<String, String>();
        environment.put(FamilyMark.VARIABLE, "caisson-1-abc/1 " + abandoned.getFileName() + "/17");
        var left = sleep(environment);

        sweep();
        assertThat(abandoned).doesNotExist();
        assertThat(Eventually.holds(LIMIT, () -> Eventually.isGone(left.pid()))).isTrue();
    }

    @Test
    void leavesStrangersAlone() throws IOException {
        var stranger = Files.createDirectories(base.resolve("caisson-notes"));
        var file = Files.writeString(base.resolve("caisson-1-0123456789"), "a file");
        var unfinished = Files.createDirectories(base.resolve("caisson-1-0123456788"));
        var forgotten = Files.createDirectories(base.resolve("caisson-1-0123456787"));
        Files.setLastModifiedTime(forgotten, FileTime.from(Instant.now().minus(Duration.ofHours(1))));

        sweep();

        assertThat(stranger).exists();
        assertThat(file).exists();
        assertThat(unfinished).as("perhaps being created just now").exists();
        assertThat(forgotten).doesNotExist();
    }

    @Test
    void isNotHeldUpByWhatLiesInALocksPlace() throws Exception {
        var trap = Files.createDirectories(base.resolve("caisson-1-0123456786"));
        assertThat(new ProcessBuilder("mkfifo", trap.resolve("owner").toString())
                        .start()
                        .waitFor())
                .isZero();

        sweep();

        assertThat(trap).as("perhaps somebody's").exists();
    }

    @Test
    void deletesFoldersNestedDeeperThanAPathCanTell() throws IOException {
        var folder = PoolFolder.createIn(base);
        var deep = Path.of("d" + "/d".repeat(1000));
        Files.createDirectories(folder.path().resolve(deep));
        Files.createDirectories(base.resolve("more").resolve(deep));
        Files.createDirectories(base.resolve("most").resolve(deep));
        Files.move(base.resolve("most/d"), base.resolve("more").resolve(deep).resolve("d"));
        Files.move(base.resolve("more/d"), folder.path().resolve(deep).resolve("d"));

        folder.close();

        assertThat(folder.path()).doesNotExist();
    }

    @Test
    void isDeletedWhenItsProcessEndsInGoodOrder() throws Exception {
        assertThat(run("folder")).doesNotExist();
        assertThat(base).isEmptyDirectory();
    }

    private void sweep() throws IOException {
        PoolFolder.createIn(base).close();
    }

    private Path run(String what) throws Exception {
        var process = new ProcessBuilder(java(what))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        started.add(process);
        var path = Path.of(process.inputReader().readLine());
        assertThat(process.waitFor(10, SECONDS)).isTrue();
        return path;
    }

    private List<String> java(String what) throws IOException {
        return JvmCommand.of(new WorkerFolder(base, base, base), TestWorker.class.getName())
                .withArguments(what, base.toString())
                .launch(Map.of(), Optional.empty())
                .command();
    }

    private Process sleep(Map<String, String> environment) throws IOException {
        var builder = new ProcessBuilder("sleep", "300");
        builder.environment().putAll(environment);
        var process = builder.start();
        started.add(process);
        return process;
    }
}
