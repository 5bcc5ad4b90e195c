/// Tasks of classes that only the parent has, and codecs of the user's: with real worker processes. Tags such as `F12`
/// are rows of the conformance list.
@NullMarked
package dev.caisson.classes;

import org.jspecify.annotations.NullMarked;
