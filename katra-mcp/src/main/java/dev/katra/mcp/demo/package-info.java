/** The scripted model of the provider {@code demo}: it follows a script and says so, and needs no key and no network. */
@NullMarked
package dev.katra.mcp.demo;

import org.jspecify.annotations.NullMarked;
