/** Describes the environment of a session's process, with the source of every value. */
@NullMarked
package dev.katra.launcher.environment;

import org.jspecify.annotations.NullMarked;
