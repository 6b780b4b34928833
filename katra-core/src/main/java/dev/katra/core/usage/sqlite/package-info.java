/** The usage of sessions, as SQLite stores it. */
@NullMarked
package dev.katra.core.usage.sqlite;

import org.jspecify.annotations.NullMarked;
