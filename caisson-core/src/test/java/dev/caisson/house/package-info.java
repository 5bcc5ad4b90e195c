/// Rules about the sources themselves: [ArchitectureTest], [FileSizeTest], [DocumentationTest], [ConformanceTest].
@NullMarked
package dev.caisson.house;

import org.jspecify.annotations.NullMarked;
