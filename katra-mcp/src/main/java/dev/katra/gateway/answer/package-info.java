/** This package holds an answer as a sequence of events, independent of who gave it and in which format. */
@NullMarked
package dev.katra.gateway.answer;

import org.jspecify.annotations.NullMarked;
