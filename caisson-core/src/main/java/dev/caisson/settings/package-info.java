/// What a pool was asked to be, checked and complete: [dev.caisson.settings.PoolSettings].
@NullMarked
package dev.caisson.settings;

import org.jspecify.annotations.NullMarked;
