/**
 * This package describes a model endpoint: its provider, its model, its limits and its quirks. All of them are data.
 */
@NullMarked
package dev.katra.gateway.upstream;

import org.jspecify.annotations.NullMarked;
