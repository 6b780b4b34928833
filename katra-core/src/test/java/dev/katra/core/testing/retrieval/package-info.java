/** The retrieval test set: what it holds, how it gets into a store, and what a ranking makes of it. */
@NullMarked
package dev.katra.core.testing.retrieval;

import org.jspecify.annotations.NullMarked;
