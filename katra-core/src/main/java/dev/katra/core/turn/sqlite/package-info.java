/** Stores turns in tables of SQLite. */
@NullMarked
package dev.katra.core.turn.sqlite;

import org.jspecify.annotations.NullMarked;
