/** Sends a command to the home's server, which is started if need be. */
@NullMarked
package dev.katra.shell.client;

import org.jspecify.annotations.NullMarked;
