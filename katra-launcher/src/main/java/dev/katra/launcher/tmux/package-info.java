/** Background sessions: what Katra asks of the user's tmux. */
@NullMarked
package dev.katra.launcher.tmux;

import org.jspecify.annotations.NullMarked;
