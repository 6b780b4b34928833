/** Carries an environment and a command line to a new process without showing them in argv, in tmux or on disk. */
@NullMarked
package dev.katra.launcher.plan;

import org.jspecify.annotations.NullMarked;
