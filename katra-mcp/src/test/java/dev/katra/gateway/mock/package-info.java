/** A provider of models on loopback, as strict as a real one and scripted by the test. */
@NullMarked
package dev.katra.gateway.mock;

import org.jspecify.annotations.NullMarked;
