/** This package holds what the translations between the Messages API and other APIs have in common. */
@NullMarked
package dev.katra.gateway.codec;

import org.jspecify.annotations.NullMarked;
