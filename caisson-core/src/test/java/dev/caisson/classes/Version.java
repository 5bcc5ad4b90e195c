package dev.caisson.classes;

/// There is another one of this name, which a plug-in brings along.
public final class Version {

    private Version() {}

    public static String tell() {
        return "the application's";
    }
}
