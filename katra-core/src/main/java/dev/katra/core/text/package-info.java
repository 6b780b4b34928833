/** What may be stored as text. */
@NullMarked
package dev.katra.core.text;

import org.jspecify.annotations.NullMarked;
