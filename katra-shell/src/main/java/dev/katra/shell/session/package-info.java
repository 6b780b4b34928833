/** Commands that start, list, show and stop sessions. */
@NullMarked
package dev.katra.shell.session;

import org.jspecify.annotations.NullMarked;
