/// A pool's workers, as the pool sees them: [dev.caisson.fleet.Fleet] makes them, each is a
/// [dev.caisson.fleet.WorkerHandle] that is told what to do and a source of [dev.caisson.fleet.WorkerEvents].
///
/// | kind | who brings it about |
/// |---|---|
/// | processes | [ProcessFleet], [ProcessWorker]: a channel and a process; [PatientStart], [MemoryGuard], [Obituary], [ClassDelivery] |
/// | threads | [InProcessFleet], [ThreadWorker], with [HeldTasks] in the place of a board |
///
/// How a worker left is a [Departure]. A simulated fleet, with workers that are scripts, is in the testkit.
@NullMarked
package dev.caisson.fleet;

import org.jspecify.annotations.NullMarked;
