/// A pool for the tests of programs that use Caisson: the real decisions, simulated workers, virtual time.
///
/// The entry point is [dev.caisson.testkit.SimulatedPool].
///
/// ```text
///   code under test ──▶ SimulatedPool ──▶ the real pool ──▶ Conductor, engine
///                                                              │        ▲
///                                                              ▼        │ timeReached, WorkerEvents
///          TaskScript ──▶ FaultPlan ──▶ SimulatedFleet ─▶ SimulatedWorker
///                                                              │        ▲
///                                                              ▼        │ one event after the other
///                                                         VirtualTime ─▶ SimulationLoop
/// ```
///
/// A step happens only while all threads that use the pool wait for something, so time never runs away from them.
@NullMarked
package dev.caisson.testkit;

import org.jspecify.annotations.NullMarked;
