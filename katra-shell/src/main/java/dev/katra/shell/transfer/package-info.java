/** Commands that export memories to a file, and import them from files of Katra and of other programs. */
@NullMarked
package dev.katra.shell.transfer;

import org.jspecify.annotations.NullMarked;
