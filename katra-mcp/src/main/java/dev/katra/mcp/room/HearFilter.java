package dev.katra.mcp.room;

import dev.katra.core.persona.Actor;
import dev.katra.core.room.RoomService;
import dev.katra.mcp.server.SessionFilter;
import dev.katra.mcp.tool.ToolServing;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds a call of {@code katra_hear} that wants to wait while there is nothing to hear, in front of the MCP servlet, whose calls
 * take a thread each. The tool answers it in the end, so there is one way in which answers are written.
 */
final class HearFilter extends HttpFilter {

    /** A call is much smaller; of what is larger nothing is looked at. */
    private static final int LARGEST_CALL = 16 * 1024;

    private final RoomService room;
    private final HeldHears held;
    private final JsonMapper json;

    HearFilter(RoomService room, HeldHears held, JsonMapper json) {
        this.room = room;
        this.held = held;
        this.json = json;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!request.getMethod().equals("POST")) {
            chain.doFilter(request, response);
            return;
        }
        CachedRequest cached = CachedRequest.of(request, LARGEST_CALL);
        JsonNode message = message(cached.bytes());
        if (message.path("method").asString("").equals("notifications/cancelled")) {
            held.cancel(id(request, message.path("params").path("requestId")));
        }
        int seconds = wait(message);
        if (seconds == 0) {
            chain.doFilter(cached, response);
            return;
        }
        Actor actor = SessionFilter.actor(request);
        JsonNode ack = message.path("params").path("arguments").path("ack");
        if (ack.isIntegralNumber()) {
            room.acknowledge(actor, ack.asLong());
        }
        String callId = message.path("params")
                .path("_meta")
                .path(ToolServing.TOOL_USE_ID)
                .asString("");
        if (room.canHear(actor, callId)) {
            chain.doFilter(cached, response);
        } else {
            held.hold(cached, response, actor, id(request, message.path("id")), Duration.ofSeconds(seconds));
        }
    }

    private JsonNode message(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        if (text.contains("wait_seconds") || text.contains("notifications/cancelled")) {
            try {
                return json.readTree(body);
            } catch (JacksonException e) {
                // the servlet says what is wrong with it
            }
        }
        return json.missingNode();
    }

    /** For how long the message wants to wait; 0 also if it is no such call, or one that the tool refuses. */
    private static int wait(JsonNode message) {
        JsonNode params = message.path("params");
        boolean hears = message.path("method").asString("").equals("tools/call")
                && params.path("name").asString("").equals(HearTool.NAME);
        int seconds = hears ? params.path("arguments").path("wait_seconds").asInt(0) : 0;
        return seconds < 0 || seconds > HearTool.LONGEST_WAIT ? 0 : seconds;
    }

    private static HeldHears.Id id(HttpServletRequest request, JsonNode call) {
        long session = Objects.requireNonNull(SessionFilter.actor(request).sessionId());
        String mcpSession = Objects.requireNonNullElse(request.getHeader("Mcp-Session-Id"), "");
        return new HeldHears.Id(session, mcpSession, call.toString());
    }
}
