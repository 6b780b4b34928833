/** Automatic turns, as SQLite stores them. */
@NullMarked
package dev.katra.core.wake.sqlite;

import org.jspecify.annotations.NullMarked;
