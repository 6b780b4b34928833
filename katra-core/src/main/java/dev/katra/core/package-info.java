/** Holds the domain and its store: personas, sessions, room, memory and usage, without a terminal, the web or a process. */
@NullMarked
package dev.katra.core;

import org.jspecify.annotations.NullMarked;
