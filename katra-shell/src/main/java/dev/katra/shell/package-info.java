/** Katra's shell module holds the main class, the commands, the prompt and the server. */
@NullMarked
package dev.katra.shell;

import org.jspecify.annotations.NullMarked;
