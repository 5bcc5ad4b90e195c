/// Many inputs, one function: reads, cuts chunks, submits, and hands out results, all on the thread that consumes them.
/// Entry point: [dev.caisson.batch.BatchPlan].
///
/// ```text
///   consumer ── BatchDrive ── BatchFlow ◄── BatchInput: reads the input
///                                 │    ◄── ChunkSizing: how many make a chunk
///                                 ▼
///                            BatchWindow: chunks and items on their way ──▶ Submitter
/// ```
///
/// To the rest of the pool a chunk is a task of several items. [dev.caisson.batch.PoolGatherer] uses the same window
/// for streams that push their elements.
@NullMarked
package dev.caisson.batch;

import org.jspecify.annotations.NullMarked;
