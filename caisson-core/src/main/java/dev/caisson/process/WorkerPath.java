package dev.caisson.process;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where a worker's classes come from, as options of the `java` command: a class path that the user gave, or all that
/// this JVM has.
///
/// @param options class path, module path, modules, and what code may do
/// @param main the main class, in its module if it has one
record WorkerPath(List<String> options, List<String> main) {

    /// Finds the path.
    ///
    /// @param given the user's class path; empty for this JVM's class path and modules
    /// @param mainClass what the worker runs
    /// @param withProperties whether this JVM's system properties and assertions are inherited, too
    /// @param folder where a copy of the library may be written
    /// @throws IOException if the library itself is nowhere that a worker could load it from
    static WorkerPath of(List<Path> given, String mainClass, boolean withProperties, Path folder) throws IOException {
        var inherited = LauncherOptions.ofThisJvm(withProperties);
        return given.isEmpty()
                ? ofThisJvm(mainClass, inherited, folder)
                : ofClassPath(given, mainClass, inherited, folder);
    }

    private static WorkerPath ofClassPath(List<Path> given, String mainClass, List<String> inherited, Path folder)
            throws IOException {
        var options = new ArrayList<>(
                inherited.stream().filter(WorkerPath::concernsSystemModules).toList());
        options.add("-cp");
        options.add(join(withLibrary(given.stream().map(WorkerPath::absolute).toList(), library(mainClass, folder))));
        return new WorkerPath(options, List.of(mainClass));
    }

    /// Names the modules that this JVM has resolved, instead of all on its module path: what lies there unused may lack
    /// the modules that it requires, and then no JVM would start.
    private static WorkerPath ofThisJvm(String mainClass, List<String> inherited, Path folder) throws IOException {
        var modulePath = parentModulePath();
        var options = new ArrayList<>(inherited.stream()
                .filter(option ->
                        concernsSystemModules(option) || (!modulePath.isEmpty() && !option.startsWith("--add-modules")))
                .toList());
        if (!modulePath.isEmpty()) {
            options.add("--module-path");
            options.add(join(modulePath));
        }
        var modules = applicationModules();
        if (!modules.isEmpty()) {
            options.add("--add-modules=" + modules);
        }
        var mainModule = moduleOf(mainClass);
        var classPath =
                mainModule.isPresent() ? parentClassPath() : withLibrary(parentClassPath(), library(mainClass, folder));
        if (!classPath.isEmpty()) {
            options.add("-cp");
            options.add(join(classPath));
        }
        return new WorkerPath(
                options,
                mainModule
                        .map(module -> List.of("-m", module + "/" + mainClass))
                        .orElse(List.of(mainClass)));
    }

    private static List<String> parentClassPath() {
        var classPath = System.getProperty("java.class.path", "");
        // An empty class path means the working directory, but not where the main class is in a module.
        return classPath.isEmpty() && System.getProperty("jdk.module.main") != null ? List.of() : entries(classPath);
    }

    private static List<String> parentModulePath() {
        var modulePath = System.getProperty("jdk.module.path", "");
        return modulePath.isEmpty() ? List.of() : entries(modulePath);
    }

    /// Relative entries count from this process's working directory, which need not be the worker's.
    private static List<String> entries(String path) {
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .map(entry -> absolute(Path.of(entry)))
                .toList();
    }

    private static String absolute(Path entry) {
        return entry.toAbsolutePath().toString();
    }

    private static String join(List<String> entries) {
        return String.join(File.pathSeparator, entries);
    }

    /// The library's own classes are always there, also where the user's class path leaves them out.
    private static List<String> withLibrary(List<String> entries, Path library) {
        var name = absolute(library);
        return entries.contains(name)
                ? entries
                : Stream.concat(entries.stream(), Stream.of(name)).toList();
    }

    /// The jar file or folder that has the library; one that is written for the purpose if it came from elsewhere.
    private static Path library(String mainClass, Path folder) throws IOException {
        var source = WorkerPath.class.getProtectionDomain().getCodeSource();
        var location = source == null ? null : source.getLocation();
        return location != null && location.getProtocol().equals("file")
                ? Path.of(URI.create(location.toString()))
                : LibraryArchive.write(mainClass, folder);
    }

    private static Optional<String> moduleOf(String mainClass) {
        try {
            var module = Class.forName(mainClass, false, WorkerPath.class.getClassLoader())
                    .getModule();
            return Optional.ofNullable(module.getName());
        } catch (ClassNotFoundException _) {
            return Optional.empty(); // on the worker's class path only
        }
    }

    /// Modules of the boot layer that are not the JDK's, and the main one, which in a jlink image looks like these.
    private static String applicationModules() {
        var main = Stream.ofNullable(System.getProperty("jdk.module.main"));
        var others = ModuleLayer.boot().configuration().modules().stream()
                .map(ResolvedModule::reference)
                .filter(reference -> !isOfSystem(reference))
                .map(reference -> reference.descriptor().name());
        return Stream.concat(main, others).distinct().sorted().collect(Collectors.joining(","));
    }

    /// False if the option names a module that is not the JDK's: a JVM without that module would complain of it.
    private static boolean concernsSystemModules(String option) {
        var nameAndValue = option.split("=", 2);
        if (!nameAndValue[0].startsWith("--add-")) {
            return true;
        }
        // Of --add-opens and the like, the module whose package is opened; of --add-modules, all modules.
        var modules = nameAndValue[1].split("[=/]", 2)[0].split(",");
        return Arrays.stream(modules).allMatch(WorkerPath::isOfSystem);
    }

    private static boolean isOfSystem(String module) {
        return module.equals("ALL-SYSTEM")
                || module.equals("ALL-DEFAULT")
                || ModuleLayer.boot()
                        .configuration()
                        .findModule(module)
                        .filter(resolved -> isOfSystem(resolved.reference()))
                        .isPresent();
    }

    private static boolean isOfSystem(ModuleReference module) {
        return module.location()
                .filter(location -> location.getScheme().equals("jrt"))
                .isPresent();
    }
}
