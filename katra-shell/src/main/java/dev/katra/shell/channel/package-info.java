/** The private channel by which a command line has its commands run inside the server. */
@NullMarked
package dev.katra.shell.channel;

import org.jspecify.annotations.NullMarked;
