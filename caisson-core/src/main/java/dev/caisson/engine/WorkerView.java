package dev.caisson.engine;

/// One worker as the engine sees it, for a snapshot.
///
/// @param slot its place in the pool, from 0
/// @param generation which of the slot's workers it is, from 1
/// @param phase where it is in its life
/// @param held how many tasks it holds
/// @param itemsDone how many items it has ended
public record WorkerView(int slot, int generation, WorkerPhase phase, int held, long itemsDone) {}
