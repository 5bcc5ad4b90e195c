/// What a user may replace: how worker processes are started, [dev.caisson.spi.WorkerLauncher].
///
/// ```text
///  pool --LaunchCommand--> WorkerLauncher --Process--> pool: watches its exit, reads its output, kills it
/// ```
@NullMarked
package dev.caisson.spi;

import org.jspecify.annotations.NullMarked;
