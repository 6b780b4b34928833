/** Secrets: how keys and tokens are found by their shapes, and kept out of what is stored. */
@NullMarked
package dev.katra.core.secret;

import org.jspecify.annotations.NullMarked;
