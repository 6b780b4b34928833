/**
 * This package writes the questions to a model that judges tool calls, and reads its answers. Nothing here uses the
 * network.
 */
@NullMarked
package dev.katra.gateway.judge;

import org.jspecify.annotations.NullMarked;
