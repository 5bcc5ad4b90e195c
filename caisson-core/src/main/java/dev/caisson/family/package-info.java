/// Finds and ends what a worker has started, by a mark in the environment. Entry point:
/// [dev.caisson.family.FamilyMark].
///
/// Both sides use it: the pool when a worker has ended, and a worker when its pool has.
@NullMarked
package dev.caisson.family;

import org.jspecify.annotations.NullMarked;
