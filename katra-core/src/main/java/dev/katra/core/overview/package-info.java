/** Overviews: they put together what several services know of one thing. */
@NullMarked
package dev.katra.core.overview;

import org.jspecify.annotations.NullMarked;
