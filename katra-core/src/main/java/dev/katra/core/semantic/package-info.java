/** Memories found by what they mean: vectors of an embedder, made in the background and searched in memory. */
@NullMarked
package dev.katra.core.semantic;

import org.jspecify.annotations.NullMarked;
