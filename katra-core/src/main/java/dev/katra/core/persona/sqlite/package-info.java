/** Personas, as SQLite stores them. */
@NullMarked
package dev.katra.core.persona.sqlite;

import org.jspecify.annotations.NullMarked;
