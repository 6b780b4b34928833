/** Backups: writing a copy of a home into one file, and restoring a home from it. */
@NullMarked
package dev.katra.core.backup;

import org.jspecify.annotations.NullMarked;
