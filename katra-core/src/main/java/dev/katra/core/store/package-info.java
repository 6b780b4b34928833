/** The SQLite store: data sources, the single writer, migrations, dialect. */
@NullMarked
package dev.katra.core.store;

import org.jspecify.annotations.NullMarked;
