/// Simulated pools, virtual time and fault plans. Entry point: [dev.caisson.testkit.simulation.Simulation].
module dev.caisson.testkit {
    requires transitive dev.caisson.core;
    requires static transitive org.jspecify;

    exports dev.caisson.testkit.simulation;
}
