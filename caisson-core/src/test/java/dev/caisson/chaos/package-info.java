/// Workers that die, hang and lie at every place where they can: the matrix of deeds and sites, and chaos without end.
///
/// Entry points: [dev.caisson.chaos.CrashMatrixTest], [dev.caisson.chaos.ChaosTest].
@NullMarked
package dev.caisson.chaos;

import org.jspecify.annotations.NullMarked;
