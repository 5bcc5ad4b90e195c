package dev.caisson.testkit.simulation;

import dev.caisson.engine.Boards;
import dev.caisson.engine.Effects;
import dev.caisson.engine.EngineSettings;

/// Where the engine and its world meet. A defect of the engine is planted here: what the one says to the other is
/// changed, as an engine with that defect would do or understand it. That way the engine's own code needs no switch for
/// bugs.
interface Joint {

    /// Nothing planted.
    Joint SOUND = new Joint() {};

    default EngineSettings settings(EngineSettings settings) {
        return settings;
    }

    default Effects effects(Effects world) {
        return world;
    }

    default Boards boards(Boards world) {
        return world;
    }

    default PoolEvents events(PoolEvents engine) {
        return engine;
    }
}
