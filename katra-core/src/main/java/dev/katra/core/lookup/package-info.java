/** One search over everything that was remembered and said. */
@NullMarked
package dev.katra.core.lookup;

import org.jspecify.annotations.NullMarked;
