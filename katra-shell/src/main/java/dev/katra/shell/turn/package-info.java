/** Commands on past turns: list them, show one, forget them, and read them from transcripts. */
@NullMarked
package dev.katra.shell.turn;

import org.jspecify.annotations.NullMarked;
