/** Reads the memories that Claude Code keeps. */
@NullMarked
package dev.katra.shell.transfer.claude;

import org.jspecify.annotations.NullMarked;
