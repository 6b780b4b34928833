package dev.katra.mcp.session;

import dev.katra.core.room.RoomService;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import dev.katra.mcp.tool.Tool;
import dev.katra.mcp.tool.ToolAnswer;
import dev.katra.mcp.tool.ToolCall;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Implements {@code katra_whoami}. */
@Component
class WhoamiTool implements Tool<WhoamiTool.Input, WhoamiTool.Output> {

    record Input() {}

    record Output(
            String persona,
            @Nullable String role,
            String provider,
            @Nullable String model,
            int unread) implements ToolAnswer {
        @Override
        public String text() {
            return "you are " + persona + (role == null ? "" : ", " + role) + "; provider " + provider + ", "
                    + Objects.requireNonNullElse(model, "its default model") + "; " + unread + " unread";
        }
    }

    private final SessionService sessions;
    private final RoomService room;

    WhoamiTool(SessionService sessions, RoomService room) {
        this.sessions = sessions;
        this.room = room;
    }

    @Override
    public Definition<Input, Output> definition() {
        return new Definition<>(
                "katra_whoami", "Your persona, provider and unread mail.", Input.class, Output.class, true);
    }

    @Override
    public Output call(Input arguments, ToolCall call) {
        long id = Objects.requireNonNull(call.actor().sessionId());
        Session session = sessions.find(id).orElseThrow();
        return new Output(
                call.actor().persona(),
                session.purpose().role(),
                session.source().provider(),
                session.source().model(),
                room.unread(call.actor().personaId()));
    }
}
