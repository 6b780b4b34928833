/** Finds Claude Code for commands that start it, and installs it on request. */
@NullMarked
package dev.katra.shell.claude;

import org.jspecify.annotations.NullMarked;
