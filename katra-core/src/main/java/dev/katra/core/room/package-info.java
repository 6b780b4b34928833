/** The room: messages between personas, and who has received them. */
@NullMarked
package dev.katra.core.room;

import org.jspecify.annotations.NullMarked;
