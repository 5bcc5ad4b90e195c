/// Tasks that mean harm, run by real pools: each costs its own task, or its own worker, and nothing else.
@NullMarked
package dev.caisson.hostile;

import org.jspecify.annotations.NullMarked;
