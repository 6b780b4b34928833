/** Commands by which a person talks in the room. */
@NullMarked
package dev.katra.shell.room;

import org.jspecify.annotations.NullMarked;
