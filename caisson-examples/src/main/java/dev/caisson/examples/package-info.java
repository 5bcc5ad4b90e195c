/// Programs to copy from. Start with [dev.caisson.examples.ExtractDocuments].
///
/// ```
/// folder of documents → ExtractDocuments → pool → worker: ExtractText::extract → Extracted → a line each
/// ```
@NullMarked
package dev.caisson.examples;

import org.jspecify.annotations.NullMarked;
