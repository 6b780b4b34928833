/** Semantic recall: vectors of an embedder, computed in the background and searched in memory. */
@NullMarked
package dev.katra.core.semantic;

import org.jspecify.annotations.NullMarked;
