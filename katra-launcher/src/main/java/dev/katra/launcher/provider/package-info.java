/** Providers as data: what {@code providers.conf} says, layer over layer, and how a session reaches each of them. */
@NullMarked
package dev.katra.launcher.provider;

import org.jspecify.annotations.NullMarked;
