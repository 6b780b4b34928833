/** Writes at the build what must be said of the shipped jars of others. */
@NullMarked
package dev.katra.shell.notices;

import org.jspecify.annotations.NullMarked;
