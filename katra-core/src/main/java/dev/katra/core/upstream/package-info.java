/**
 * Endpoints: where a session's model is served, and what that endpoint is like; all of it is data, fixed when the
 * session starts.
 */
@NullMarked
package dev.katra.core.upstream;

import org.jspecify.annotations.NullMarked;
