/** Runs background sessions in the user's tmux. */
@NullMarked
package dev.katra.launcher.tmux;

import org.jspecify.annotations.NullMarked;
