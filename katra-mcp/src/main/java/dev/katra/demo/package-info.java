/**
 * This package holds the scripted model of the provider {@code demo}. It follows a script, says that it does, and needs
 * no key and no network.
 */
@NullMarked
package dev.katra.demo;

import org.jspecify.annotations.NullMarked;
