/**
 * Reads what the client's own settings files say that a session's start must know: restrictions, login and destination.
 */
@NullMarked
package dev.katra.launcher.claude.settings;

import org.jspecify.annotations.NullMarked;
