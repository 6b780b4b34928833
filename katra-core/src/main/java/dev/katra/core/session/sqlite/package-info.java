/** Sessions, as SQLite stores them. */
@NullMarked
package dev.katra.core.session.sqlite;

import org.jspecify.annotations.NullMarked;
