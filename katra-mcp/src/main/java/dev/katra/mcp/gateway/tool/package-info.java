/** Tools on their way between the two formats: names, call ids, schemas, arguments. */
@NullMarked
package dev.katra.mcp.gateway.tool;

import org.jspecify.annotations.NullMarked;
