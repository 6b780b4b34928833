/** Support for tests that need a real store; published as katra-core's test-jar. */
@NullMarked
package dev.katra.core.testing;

import org.jspecify.annotations.NullMarked;
