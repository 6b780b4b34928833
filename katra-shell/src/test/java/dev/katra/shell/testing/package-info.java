/** What tests of the shell share. */
@NullMarked
package dev.katra.shell.testing;

import org.jspecify.annotations.NullMarked;
