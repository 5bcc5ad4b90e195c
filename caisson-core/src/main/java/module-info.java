/// A pool of worker JVM processes. Entry point: [dev.caisson.ProcessPool].
module dev.caisson.core {
    requires static org.jspecify;
    requires static java.management; // workers ask it for deadlocks, where it is
    requires jdk.net; // the peer of a Unix socket
    requires jdk.unsupported; // workers ignore the terminal's SIGINT

    exports dev.caisson;
    exports dev.caisson.spi;
    exports dev.caisson.engine to
            dev.caisson.testkit;
    exports dev.caisson.fleet to
            dev.caisson.testkit;
    exports dev.caisson.pool to
            dev.caisson.testkit;
    exports dev.caisson.runtime to
            dev.caisson.testkit;
    exports dev.caisson.settings to
            dev.caisson.testkit;
    exports dev.caisson.protocol to
            dev.caisson.testkit;
    exports dev.caisson.codec to
            dev.caisson.testkit;
    exports dev.caisson.process to
            dev.caisson.testkit;

    uses dev.caisson.ProcessPool.Builder;
    uses dev.caisson.TaskCodec;

    provides dev.caisson.ProcessPool.Builder with
            dev.caisson.pool.PoolBuilder;
    provides dev.caisson.TaskCodec with
            dev.caisson.codec.JdkCodec;
}
