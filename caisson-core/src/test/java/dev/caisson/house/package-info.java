/// Rules about the sources themselves: [ArchitectureTest], [FileSizeTest], [DocumentationTest].
@NullMarked
package dev.caisson.house;

import org.jspecify.annotations.NullMarked;
