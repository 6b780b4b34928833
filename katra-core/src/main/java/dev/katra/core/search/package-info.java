/** Full-text search: one analysis for what is stored and what is asked, the indexes, and the ranking. */
@NullMarked
package dev.katra.core.search;

import org.jspecify.annotations.NullMarked;
