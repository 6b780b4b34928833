/** How an environment and a command line reach a new process without showing in argv, in tmux or on disk. */
@NullMarked
package dev.katra.launcher.plan;

import org.jspecify.annotations.NullMarked;
