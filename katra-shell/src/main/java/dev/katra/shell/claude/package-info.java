/** Claude Code at the caller's hand: found, or installed on request. */
@NullMarked
package dev.katra.shell.claude;

import org.jspecify.annotations.NullMarked;
