/** Durable names: owners of inboxes and authors of memories. */
@NullMarked
package dev.katra.core.persona;

import org.jspecify.annotations.NullMarked;
