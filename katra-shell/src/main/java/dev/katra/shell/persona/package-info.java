/** Commands on personas: who is in the room, for longer than a session. */
@NullMarked
package dev.katra.shell.persona;

import org.jspecify.annotations.NullMarked;
