/** Holds, once, the names that the launcher writes for a session and the server answers to. */
@NullMarked
package dev.katra.core.contract;

import org.jspecify.annotations.NullMarked;
