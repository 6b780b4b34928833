/** Katra's launcher module. */
@NullMarked
package dev.katra.launcher;

import org.jspecify.annotations.NullMarked;
