package dev.katra.mcp.tool;

import dev.katra.core.persona.Actor;
import org.jspecify.annotations.Nullable;

/**
 * Describes one call of a tool.
 *
 * @param actor the caller, proved by the request's token
 * @param toolUseId the client's id of the call, the same when it resends; null from clients that send none
 */
public record ToolCall(Actor actor, @Nullable String toolUseId) {}
