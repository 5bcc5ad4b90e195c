/// The counter: where users' calls come in. Entry points: [dev.caisson.pool.PoolBuilder], which checks what a pool is
/// to be, and [dev.caisson.pool.LocalPool], which turns calls into submissions and batches.
@NullMarked
package dev.caisson.pool;

import org.jspecify.annotations.NullMarked;
