/** Memories and their vectors, as SQLite stores them. */
@NullMarked
package dev.katra.core.memory.sqlite;

import org.jspecify.annotations.NullMarked;
