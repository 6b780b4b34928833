/** The search's indexes as FTS5 tables of SQLite. */
@NullMarked
package dev.katra.core.search.sqlite;

import org.jspecify.annotations.NullMarked;
