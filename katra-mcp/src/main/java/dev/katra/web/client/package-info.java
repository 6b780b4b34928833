/** Watches the connections of clients that wait for an answer, and holds requests without a thread. */
@NullMarked
package dev.katra.web.client;

import org.jspecify.annotations.NullMarked;
