/** Runs and finds other programs, and tells whether a process still runs. */
@NullMarked
package dev.katra.launcher.process;

import org.jspecify.annotations.NullMarked;
