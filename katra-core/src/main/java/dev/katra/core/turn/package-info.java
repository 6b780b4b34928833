/** Turns: what was asked in sessions and what was answered, kept for a while and found when no memory answers. */
@NullMarked
package dev.katra.core.turn;

import org.jspecify.annotations.NullMarked;
