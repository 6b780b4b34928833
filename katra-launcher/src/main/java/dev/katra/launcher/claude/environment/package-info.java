/** Builds the exact environment of a session of Claude Code, with the source of every value. */
@NullMarked
package dev.katra.launcher.claude.environment;

import org.jspecify.annotations.NullMarked;
