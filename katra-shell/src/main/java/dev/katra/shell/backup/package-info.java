/** Commands that write and restore backups. */
@NullMarked
package dev.katra.shell.backup;

import org.jspecify.annotations.NullMarked;
