/// Runs the engine of a pool in a simulated world: virtual time, simulated workers, faults, and everything drawn from
/// one seed.
///
/// The entry point is [dev.caisson.testkit.simulation.Simulation].
///
/// ```
///   Scenario ── drawn from the seed ──▶ pool shape, load, FaultPlan
///      │
///      ▼
///    World ── events ──▶ Engine (the real one)
///      ▲                    │
///      │                    ▼
///   Agenda ◀── effects, looks at boards ── SimulatedWorker
///      │
///      └── after every event ──▶ oracles: what must hold, holds
/// ```
///
/// The same seed gives the same trace, to the last event.
@NullMarked
package dev.caisson.testkit.simulation;

import org.jspecify.annotations.NullMarked;
