package dev.katra.mcp.room;

import dev.katra.core.persona.Actor;
import dev.katra.core.room.RoomService;
import dev.katra.mcp.server.McpMessage;
import dev.katra.mcp.tool.ClientMetadata;
import dev.katra.web.SessionFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * Holds a call of {@code katra_hear} that wants to wait while there is nothing to hear. It stands in front of the MCP
 * servlet, whose calls take a thread each. In the end the tool answers the call, so that answers are written in one
 * place only.
 */
final class HearFilter extends HttpFilter {

    private final RoomService room;
    private final WaitingHearCalls held;

    HearFilter(RoomService room, WaitingHearCalls held) {
        this.room = room;
        this.held = held;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        McpMessage message = McpMessage.of(request);
        if (message.method().equals("notifications/cancelled")) {
            held.cancel(id(request, message.params().path("requestId")));
        }
        int seconds = waitSeconds(message);
        if (seconds == 0) {
            chain.doFilter(request, response);
            return;
        }
        Actor actor = SessionFilter.actor(request);
        JsonNode ack = message.params().path("arguments").path("ack");
        if (ack.isIntegralNumber()) {
            room.acknowledge(actor, ack.asLong());
        }
        String callId = message.params()
                .path("_meta")
                .path(ClientMetadata.installed().callIdKey())
                .asString("");
        if (room.hasMailFor(actor, callId)) {
            chain.doFilter(request, response);
        } else {
            held.hold(request, response, actor, id(request, message.id()), Duration.ofSeconds(seconds));
        }
    }

    /**
     * Returns the number of seconds for which the message wants to wait; 0 if it is not a call of the tool, or one that
     * the tool refuses.
     */
    private static int waitSeconds(McpMessage message) {
        JsonNode params = message.params();
        boolean hears = message.method().equals("tools/call")
                && params.path("name").asString("").equals(HearTool.NAME);
        int seconds = hears ? params.path("arguments").path("wait_seconds").asInt(0) : 0;
        return seconds < 0 || seconds > HearTool.MAX_WAIT_SECONDS ? 0 : seconds;
    }

    private static WaitingHearCalls.HearCallId id(HttpServletRequest request, JsonNode call) {
        long session = Objects.requireNonNull(SessionFilter.actor(request).sessionId());
        return new WaitingHearCalls.HearCallId(session, call.toString());
    }
}
