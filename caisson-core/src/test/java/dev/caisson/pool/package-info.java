/// Pools with real worker processes, seen through the public API only. Tags such as `J03` are rows of the conformance
/// list.
@NullMarked
package dev.caisson.pool;

import org.jspecify.annotations.NullMarked;
