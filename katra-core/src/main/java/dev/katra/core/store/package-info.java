/** The two doors to the store: the single writer, and the reads. */
@NullMarked
package dev.katra.core.store;

import org.jspecify.annotations.NullMarked;
