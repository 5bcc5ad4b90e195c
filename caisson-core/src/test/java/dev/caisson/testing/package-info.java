/// What tests with real processes stand on: [NothingLeft] checks after every test that nothing is left of its pools,
/// [Pools] opens them, [Await] waits, [Gate] lets tasks and tests wait for each other.
@NullMarked
package dev.caisson.testing;

import org.jspecify.annotations.NullMarked;
