/** The exact environment a session of Claude Code gets, with the source of every value. */
@NullMarked
package dev.katra.launcher.environment;

import org.jspecify.annotations.NullMarked;
