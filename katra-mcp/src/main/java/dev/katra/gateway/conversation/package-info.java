/**
 * This package puts a history into the only order that every OpenAI-format endpoint accepts: calls followed by their
 * results.
 */
@NullMarked
package dev.katra.gateway.conversation;

import org.jspecify.annotations.NullMarked;
