package dev.caisson.codec;

/// A class loader that knows, by number, the other ones that a task's classes may come from.
public interface NumberedLoaders {

    /// The class loader that stands for one of the parent's.
    ClassLoader numbered(long number) throws ClassNotFoundException;

    /// The class loader for classes without a number.
    ClassLoader atHome();
}
