/** Starts, watches and ends sessions. */
@NullMarked
package dev.katra.launcher;

import org.jspecify.annotations.NullMarked;
