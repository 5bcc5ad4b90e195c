package dev.caisson.process;

import dev.caisson.Sandbox;
import dev.caisson.Sandbox.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What stands before a worker's command so that it runs in a [Sandbox].
///
/// With bubblewrap: namespaces of its own for processes, IPC, network, users, host name and control groups; no
/// capabilities; the end of the sandbox with that of its starter. The root is read-only, places where people and
/// programs keep what is theirs are empty, and what a worker needs of these is shown again under its own path.
///
/// @param tool the program that makes the sandbox
/// @param sandbox what is asked for
record SandboxPrefix(SandboxTool tool, Sandbox sandbox) {

    /// Empty in a sandbox, but for what is shown of them.
    private static final List<String> PRIVATE =
            List.of("/home", "/root", "/tmp", "/var/tmp", "/run", "/mnt", "/media", "/srv", "/dev/shm");

    /// What the worker gets to see of the private places.
    ///
    /// @param files its own, which it may also write
    /// @param needed what it reads: JDK, class path
    /// @param workingDirectory where it starts
    record View(WorkerFolder files, List<Path> needed, Path workingDirectory) {}

    /// The prefix of a try whether a tool works.
    static List<String> probe(SandboxTool tool) {
        return switch (tool.kind()) {
            case BUBBLEWRAP -> {
                var prefix = new ArrayList<>(bubblewrap(tool.program()));
                prefix.addAll(
                        List.of("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp", "--"));
                yield prefix;
            }
            case UNSHARE -> unshare(tool.program());
        };
    }

    List<String> of(View view) {
        return switch (tool.kind()) {
            case BUBBLEWRAP -> bubblewrap(view);
            case UNSHARE -> unshare(tool.program());
        };
    }

    private static List<String> bubblewrap(String program) {
        return List.of(program, "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL");
    }

    private List<String> bubblewrap(View view) {
        var prefix = new ArrayList<>(bubblewrap(tool.program()));
        if (sandbox.level() == Level.NO_NETWORK) {
            prefix.addAll(List.of("--bind", "/", "/", "--dev-bind", "/dev", "/dev", "--proc", "/proc"));
        } else {
            prefix.addAll(List.of("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"));
            privatePlaces().forEach(place -> prefix.addAll(List.of("--tmpfs", place.toString())));
        }
        ofNeighbours(view.files()).forEach(place -> prefix.addAll(List.of("--tmpfs", place.toString())));
        if (sandbox.level() == Level.STRICT) {
            var hidden = privatePlaces();
            Stream.concat(view.needed().stream(), Stream.of(view.workingDirectory()))
                    .filter(path -> hidden.stream().anyMatch(path::startsWith))
                    .distinct()
                    .forEach(path -> prefix.addAll(List.of("--ro-bind-try", path.toString(), path.toString())));
            sandbox.readablePaths().stream()
                    .forEach(path -> prefix.addAll(List.of("--ro-bind-try", path.toString(), path.toString())));
            sandbox.writablePaths().forEach(path -> prefix.addAll(List.of("--bind", path.toString(), path.toString())));
        }
        argumentFiles(view).forEach(path -> prefix.addAll(List.of("--ro-bind", path.toString(), path.toString())));
        for (var path : List.of(view.files().path(), view.files().temporary())) {
            prefix.addAll(List.of("--bind", path.toString(), path.toString()));
        }
        prefix.addAll(List.of("--chdir", view.workingDirectory().toString(), "--"));
        return prefix;
    }

    /// The folders that hold those of all workers.
    private static Stream<Path> ofNeighbours(WorkerFolder files) {
        return files.temporary().startsWith(files.pool())
                ? Stream.of(files.pool())
                : Stream.concat(
                        Stream.of(files.pool()),
                        Stream.ofNullable(files.temporary().getParent()));
    }

    private static Stream<Path> argumentFiles(View view) {
        return view.needed().stream()
                .filter(path -> path.startsWith(view.files().pool()));
    }

    /// Without symbolic links among them, and none within another.
    private static List<Path> privatePlaces() {
        var home = Optional.ofNullable(System.getProperty("user.home")).filter(path -> path.startsWith("/"));
        var temporary = System.getProperty("java.io.tmpdir", "/tmp");
        var all = Stream.of(PRIVATE.stream().map(Path::of), home.stream().map(Path::of), Stream.of(Path.of(temporary)))
                .flatMap(each -> each)
                .filter(place -> Files.isDirectory(place) && !Files.isSymbolicLink(place) && place.getNameCount() > 0)
                .distinct()
                .toList();
        return all.stream()
                .filter(place -> all.stream().noneMatch(other -> !other.equals(place) && place.startsWith(other)))
                .toList();
    }

    private static List<String> unshare(String program) {
        return List.of(
                "setpriv",
                "--pdeathsig",
                "KILL",
                "--no-new-privs",
                program,
                "--user",
                "--map-current-user",
                "--net",
                "--ipc",
                "--pid",
                "--fork",
                "--kill-child=KILL",
                "--mount-proc",
                "--");
    }
}
