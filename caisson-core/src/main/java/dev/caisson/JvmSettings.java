package dev.caisson;

import dev.caisson.spi.WorkerLauncher;
import java.nio.file.Path;
import java.util.Map;

/// The part of a pool's description that tells how its worker JVMs are started; a part of [ProcessPool.Builder].
///
/// @param <B> the builder that each setter returns
public interface JvmSettings<B> {

    /// Sets the largest heap of a worker. Default: a quarter of this machine's memory, or of this container's; with
    /// more than three workers, their share of three quarters of it.
    ///
    /// @param size such as `"512m"`
    /// @return this
    B maxHeap(String size);

    /// Sets how worker JVMs compile. Default: [Compilation#ADAPTIVE]. Options about that in [#jvmOptions], or in the
    /// environment (`JAVA_TOOL_OPTIONS` and its kin), win.
    ///
    /// @param compilation which code the optimizing compiler is for
    /// @return this
    B compilation(Compilation compilation);

    /// Adds options of the worker JVMs. They win over the library's own, and over inherited ones. Repeated calls add.
    ///
    /// @param options such as `"-XX:+UseZGC"`
    /// @return this
    B jvmOptions(String... options);

    /// Sets whether workers get the system properties (`-D`) and assertion options (`-ea`, `-da`, …) that stand on this
    /// JVM's command line. Default: true, so that a library is configured there as here: its log configuration, say,
    /// or the locale.
    ///
    /// Never inherited are `com.sun.management.…` (ports that only one process can have), `jdk.serialFilter…` (which is
    /// about what this process reads), `java.io.tmpdir` (each worker has its own), and the library's own `caisson.…`.
    /// What a program sets by `System.setProperty` is not inherited, nor are `-X` and `-XX` options, `-javaagent` and
    /// the like: say these with [#jvmOptions]. Options about access, such as `--add-opens`, are inherited in any case.
    ///
    /// @param inherit false for workers that know only what [#jvmOptions] tells them
    /// @return this
    B inheritProperties(boolean inherit);

    /// Sets whether SIGINT, SIGTERM and SIGHUP end a worker. Default: false, it ignores them once it is ready.
    ///
    /// A terminal's Ctrl-C, a service manager or a container's stop signal all processes of a program. The program
    /// itself decides what that means: its shutdown hook may let tasks finish, by `close(Duration)`, say. Workers end
    /// with their program in any case, and by SIGKILL. With true the one that runs a task when such a signal comes
    /// fails it with a [WorkerExitedException].
    ///
    /// @param end whether such a signal ends a worker by itself
    /// @return this
    B endWorkersOnSignal(boolean end);

    /// Adds environment variables to those of this process.
    ///
    /// @param variables names and values
    /// @return this
    B environment(Map<String, String> variables);

    /// Sets the environment variables: workers get nothing of this process's environment but these, and what the
    /// library itself needs. Replaces what [#environment(Map)] was given before; later calls of that add.
    ///
    /// @param variables names and values
    /// @return this
    B environmentOnly(Map<String, String> variables);

    /// Shuts workers off from the network, other processes and files. Default: [Sandbox#NONE]. Linux only.
    ///
    /// @param sandbox how far; pools that are built refuse what this machine can't do
    /// @return this
    B sandbox(Sandbox sandbox);

    /// Sets the working directory of workers. Default: that of this process.
    ///
    /// @param directory an existing one
    /// @return this
    B workingDirectory(Path directory);

    /// Sets the JDK or runtime that workers run on. Default: that of this process.
    ///
    /// @param directory the one that holds `bin/java`
    /// @return this
    B javaHome(Path directory);

    /// Sets the class path of workers. Default: that of this process.
    ///
    /// @param entries jars and folders; the library itself need not be among them
    /// @return this
    B classPath(Path... entries);

    /// Puts a program in front of the JVM's command: `launchPrefix("nice", "-n", "10")`. Default: none.
    ///
    /// It must end up running what it is given, by replacing itself (as `nice`, `taskset`, `prlimit` and `env` do) or
    /// as its child, and must leave standard output and error and the pool's folder as they are. Each call replaces the
    /// prefix that was set before.
    ///
    /// @param command the program and its arguments
    /// @return this
    B launchPrefix(String... command);

    /// Replaces what starts the processes. Default: they are children of this one.
    ///
    /// @param launcher thread-safe; is called for each worker, on a thread of the pool
    /// @return this
    B launcher(WorkerLauncher launcher);
}
