/** The store as one SQLite database: connections, migrations, the log beside it, and what its errors mean. */
@NullMarked
package dev.katra.core.store.sqlite;

import org.jspecify.annotations.NullMarked;
