package dev.caisson;

/// How a pool comes by its workers. A JVM can't fork itself, so there is no such method.
public enum StartMethod {

    /// Starts a fresh JVM when a worker is needed. The default.
    SPAWN,

    /// Keeps spare JVMs ready, started ahead, so that a worker that left is replaced at once: one, unless
    /// [ProcessPool.Builder#spares(int)] says more.
    PRESPAWN,

    /// Runs tasks on threads of this JVM, for debugging and tests. Nothing protects the program from its tasks then.
    IN_PROCESS
}
