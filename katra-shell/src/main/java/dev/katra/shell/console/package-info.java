/** Holds what every command shares: its caller, parsing, output, failures and exit codes. */
@NullMarked
package dev.katra.shell.console;

import org.jspecify.annotations.NullMarked;
