/** Serves what the MCP endpoint, the hooks and the gateway need of HTTP alike: who may come in, bodies, and errors. */
@NullMarked
package dev.katra.web;

import org.jspecify.annotations.NullMarked;
