/// The `caisson` command. Its entry point is [dev.caisson.cli.Main]; each command is a class of its own.
///
/// ```
/// MapCommand ─ Target (class::method, File.java) ─ TargetFinder ─┐
///            ─ Inputs (arguments, lines, files) ─ EarlierResults ┤
///                                                              Job → pool → worker: TargetRun → PlainValue or TargetFailure
///                                                                │ (Window: what is on its way, bounded)
///            ResultLines ← Account, one for each input ──────────┤
///            Progress, Tally ← ──────────────────────────────────┘
/// ```
///
/// What runs in the worker ([dev.caisson.cli.TargetCall] and what it names) uses nothing but the JDK and the library,
/// and returns nothing but maps, lists, numbers and strings: the worker needs none of the command's own libraries, and
/// this process none of the user's classes.
@NullMarked
package dev.caisson.cli;

import org.jspecify.annotations.NullMarked;
