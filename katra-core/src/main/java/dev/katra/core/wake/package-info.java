/** Waking: it starts turns of idle sessions for their mail, within a budget. */
@NullMarked
package dev.katra.core.wake;

import org.jspecify.annotations.NullMarked;
