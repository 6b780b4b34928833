/** Holds both ends of the private socket, by which a command line has its commands run inside the server. */
@NullMarked
package dev.katra.shell.channel;

import org.jspecify.annotations.NullMarked;
