/// What the pool does when its own process runs out of memory. Entry points: [dev.caisson.memory.Insistent] for what
/// must be done all the same, [dev.caisson.memory.Headroom] for what is large and can be refused.
///
/// Three rules, for all threads of a pool:
///
/// 1. Results, the only large things it holds, leave room for all else: one that would not is let go of, and its task
///    fails.
/// 2. What others wait for (an exit, the end of a stream, the settlement of a future) is told before it is logged, and
///    is tried again until there is memory for it.
/// 3. An engine that ran out of memory in the middle of a decision can't be trusted: the pool ends, and tries that
///    again, too.
@NullMarked
package dev.caisson.memory;

import org.jspecify.annotations.NullMarked;
