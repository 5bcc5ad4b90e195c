package dev.caisson;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// Two items that belong together: an input of a [BiBatch].
///
/// @param first the item of the first input
/// @param second the item of the second input
/// @param <A> type of the first item
/// @param <B> type of the second item
public record Pair<A extends @Nullable Object, B extends @Nullable Object>(A first, B second) implements Serializable {}
