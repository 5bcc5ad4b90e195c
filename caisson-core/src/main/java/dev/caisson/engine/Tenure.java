package dev.caisson.engine;

/// How long a ready worker is to stay, on its way out by plan: for its tasks, its age or its memory, or on request.
///
/// | from | to | when |
/// |---|---|---|
/// | `SERVING` | `DUE` | it is old, has nearly had its tasks, or a restart was asked for |
/// | `DUE` | `HANDING_OVER` | its turn has come: only a few leave at a time |
/// | `SERVING`, `DUE`, `HANDING_OVER` | `FINISHING` | it was given the last task it may have |
/// | any | `DONE` | its memory has grown too much |
enum Tenure {
    /// It stays.
    SERVING,
    /// It is to be replaced when its turn comes, and works on until then.
    DUE,
    /// Its successor may be launched, and it works on until that is ready.
    HANDING_OVER,
    /// Its successor may be launched. It leaves after exactly the number of tasks it may have, so what is taken back
    /// from it is made up for first.
    FINISHING,
    /// It takes no more tasks, and leaves when its successor is ready.
    DONE
}
