/** Katra's shell module. */
@NullMarked
package dev.katra.shell;

import org.jspecify.annotations.NullMarked;
