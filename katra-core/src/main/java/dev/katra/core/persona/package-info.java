/** Personas: durable names that own inboxes and write memories. */
@NullMarked
package dev.katra.core.persona;

import org.jspecify.annotations.NullMarked;
