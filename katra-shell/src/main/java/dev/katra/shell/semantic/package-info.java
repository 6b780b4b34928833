/** Fetches the embedding model of semantic recall on request, and loads it while that is on. */
@NullMarked
package dev.katra.shell.semantic;

import org.jspecify.annotations.NullMarked;
