/** Memories: durable notes that every session can find. */
@NullMarked
package dev.katra.core.memory;

import org.jspecify.annotations.NullMarked;
