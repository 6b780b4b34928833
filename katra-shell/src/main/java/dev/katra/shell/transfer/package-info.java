/** Memories that leave for a file, and come from files of Katra and of other programs. */
@NullMarked
package dev.katra.shell.transfer;

import org.jspecify.annotations.NullMarked;
