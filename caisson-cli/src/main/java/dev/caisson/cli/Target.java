package dev.caisson.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// What to run, as the user named it.
sealed interface Target {

    Pattern JAVA_FILE = Pattern.compile("(.+\\.java)(?:::(.*))?");
    Pattern IN_CLASS = Pattern.compile("([^:]+)::(.+)");
    Pattern METHOD = Pattern.compile("(\\w+)(?:\\(([\\w.$]+)\\))?");

    /// A method of a class on the class path.
    ///
    /// @param className its binary name
    /// @param method which method
    record InClass(String className, Method method) implements Target {}

    /// A method of a source file.
    ///
    /// @param file the file
    /// @param method which method; if absent, the only one there is
    record InSource(Path file, Optional<Method> method) implements Target {}

    /// A method, by its name.
    ///
    /// @param name its name
    /// @param parameter type of its parameter, simple or qualified name, to tell overloads apart
    record Method(String name, Optional<String> parameter) {

        @Override
        public String toString() {
            return name + parameter.map(type -> "(" + type + ")").orElse("");
        }
    }

    /// Reads `pkg.Class::method`, `File.java` or `File.java::method`, each method with `(Type)` if it is overloaded.
    ///
    /// @throws WrongUsage if it is none of these
    static Target parse(String text) {
        var source = JAVA_FILE.matcher(text);
        if (source.matches()) {
            var file = Path.of(source.group(1));
            return new InSource(file, Optional.ofNullable(source.group(2)).map(name -> method(text, name)));
        }
        var compiled = IN_CLASS.matcher(text);
        if (compiled.matches()) {
            return new InClass(compiled.group(1), method(text, compiled.group(2)));
        }
        throw new WrongUsage("\"" + text + "\" is not a target. Write pkg.Class::method, File.java, or"
                + " File.java::method: a static method of one argument");
    }

    private static Method method(String target, String name) {
        var method = METHOD.matcher(name);
        if (!method.matches()) {
            throw new WrongUsage("\"" + name + "\" in \"" + target + "\" is not the name of a method. Write"
                    + " Class::method, or Class::method(Type) if there are several of that name. Of a source file it is a"
                    + " method of the class that the file is named after");
        }
        return new Method(method.group(1), Optional.ofNullable(method.group(2)));
    }
}
