/// Moves bytes between a pool and its workers. Entry points: [dev.caisson.transport.PoolEndpoint] in the pool,
/// [dev.caisson.transport.ParentLink] in a worker.
///
/// ```text
///   pool                                                      worker
///   ────                                                      ──────
///   WorkerChannel ── OutboundQueue ── tasks' socket ───────▶ ParentLink: MessageInput
///     │   └ WorkerControl ◀──────────── control socket ──────▶ ControlLine: interrupts, pings, stacks
///     │
///     ├─ ResultReader, ResultStream ◀── tasks' socket ◀────┐
///     │                   ▲                                Outbox: every result is in the board's ring first
///     │                   └── after its death, the ring ◀──┘
///     └─ SentTasks ── Board: claims of items, by compare-and-set on a shared file
/// ```
///
/// The board is a file, so it outlives the worker. One thread, the [dev.caisson.transport.EndpointLoop]'s, takes
/// connections and serves all control lines of a pool.
@NullMarked
package dev.caisson.transport;

import org.jspecify.annotations.NullMarked;
