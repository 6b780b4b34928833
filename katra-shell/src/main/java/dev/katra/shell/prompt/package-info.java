/** Runs the interactive prompt. */
@NullMarked
package dev.katra.shell.prompt;

import org.jspecify.annotations.NullMarked;
