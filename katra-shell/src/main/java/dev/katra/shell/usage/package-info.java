/** The command that shows what sessions have used, and how such numbers are written. */
@NullMarked
package dev.katra.shell.usage;

import org.jspecify.annotations.NullMarked;
