/** Endpoints behind gateways, as SQLite stores them. */
@NullMarked
package dev.katra.core.upstream.sqlite;

import org.jspecify.annotations.NullMarked;
