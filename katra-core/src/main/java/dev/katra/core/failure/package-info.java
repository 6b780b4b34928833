/** The one way in which anything in Katra reports that it could not do what was asked. */
@NullMarked
package dev.katra.core.failure;

import org.jspecify.annotations.NullMarked;
