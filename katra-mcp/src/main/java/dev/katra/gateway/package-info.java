/** Stands between a session and its provider's endpoint: translates, passes through, counts and judges. */
@NullMarked
package dev.katra.gateway;

import org.jspecify.annotations.NullMarked;
