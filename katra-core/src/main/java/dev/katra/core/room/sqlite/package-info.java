/** The room's messages and deliveries, as SQLite stores them. */
@NullMarked
package dev.katra.core.room.sqlite;

import org.jspecify.annotations.NullMarked;
