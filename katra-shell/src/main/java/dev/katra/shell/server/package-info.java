/** Runs the one resident process of a home, and holds the commands that start and stop it. */
@NullMarked
package dev.katra.shell.server;

import org.jspecify.annotations.NullMarked;
