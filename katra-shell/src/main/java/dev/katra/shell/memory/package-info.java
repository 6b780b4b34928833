/** Commands on the shared memory. */
@NullMarked
package dev.katra.shell.memory;

import org.jspecify.annotations.NullMarked;
