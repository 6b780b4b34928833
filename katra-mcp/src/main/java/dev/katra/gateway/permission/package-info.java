/** Reads what Claude Code's auto mode asks about the tool calls of an answer, and judges such calls by plain rules. */
@NullMarked
package dev.katra.gateway.permission;

import org.jspecify.annotations.NullMarked;
