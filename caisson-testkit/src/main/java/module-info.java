/// Simulated pools, virtual time and fault plans. Entry points: [dev.caisson.testkit.SimulatedPool] for the tests of
/// programs that use pools, [dev.caisson.testkit.simulation.Simulation] for the engine's own.
module dev.caisson.testkit {
    requires transitive dev.caisson.core;
    requires static transitive org.jspecify;

    exports dev.caisson.testkit;
    exports dev.caisson.testkit.simulation;
}
