package dev.caisson;

/// How the JVMs of workers compile what they run: what a pool of short-lived processes gains most by, or loses.
///
/// Each worker starts with nothing compiled, and so does each that replaces one. The JVM's own setting is for programs
/// that run for hours: a good part of a worker's first minute goes into the optimizing compiler (C2), and into code
/// that gathers profiles for it.
public enum Compilation {
    /// The quick compiler only (C1): the best for tasks whose workers live for less than some minutes, and for code
    /// that runs a few times in many places, as parsers of documents do. Loops that compute for long are a good
    /// deal slower than at their peak.
    QUICK,
    /// As the JVM decides by itself: the best for few workers that live long and do the same all the time.
    PEAK,
    /// Both, but the optimizing compiler for what is really hot: it begins a hundred times later than by the JVM's own
    /// setting, which is some milliseconds in a loop that computes, and never for most code of a parser. The default.
    ADAPTIVE
}
