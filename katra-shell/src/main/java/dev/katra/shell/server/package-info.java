/** The one resident process of a home: start, stop, presence, and the commands for it. */
@NullMarked
package dev.katra.shell.server;

import org.jspecify.annotations.NullMarked;
