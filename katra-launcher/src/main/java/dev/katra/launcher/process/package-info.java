/** The one door to other programs: running a command, finding one, and telling whether a process still lives. */
@NullMarked
package dev.katra.launcher.process;

import org.jspecify.annotations.NullMarked;
