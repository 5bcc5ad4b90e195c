/// Moves bytes between a pool and its workers.
@NullMarked
package dev.caisson.transport;

import org.jspecify.annotations.NullMarked;
