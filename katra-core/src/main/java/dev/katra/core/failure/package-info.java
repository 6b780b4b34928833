/** The one way anything in Katra says that it could not do what was asked. */
@NullMarked
package dev.katra.core.failure;

import org.jspecify.annotations.NullMarked;
