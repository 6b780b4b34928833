/** Usage: what sessions have used of their models, as far as it passed through the gateway. */
@NullMarked
package dev.katra.core.usage;

import org.jspecify.annotations.NullMarked;
