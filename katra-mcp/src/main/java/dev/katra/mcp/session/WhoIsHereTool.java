package dev.katra.mcp.session;

import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.session.LiveSession;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import dev.katra.mcp.tool.AnswerText;
import dev.katra.mcp.tool.Tool;
import dev.katra.mcp.tool.ToolAnswer;
import dev.katra.mcp.tool.ToolCall;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Implements {@code katra_who_is_here}. */
@Component
class WhoIsHereTool implements Tool<WhoIsHereTool.Input, WhoIsHereTool.Output> {

    record Input() {}

    record Output(List<SessionOutput> sessions, List<String> people, List<String> away) implements ToolAnswer {
        @Override
        public String text() {
            String here = sessions.stream().map(SessionOutput::line).collect(Collectors.joining("\n"));
            return here + list("people", people) + list("away", away);
        }

        private static String list(String title, List<String> names) {
            return names.isEmpty() ? "" : "\n" + title + ": " + String.join(", ", names);
        }
    }

    record SessionOutput(
            String persona,
            String provider,
            @Nullable String model,
            String state,
            String since,
            @Nullable Boolean you) {

        static SessionOutput of(LiveSession live, long viewer) {
            Session session = live.session();
            return new SessionOutput(
                    live.persona().name(),
                    session.source().provider(),
                    session.source().model(),
                    session.progress().state().externalName(),
                    AnswerText.time(session.progress().stateAt()),
                    live.persona().id() == viewer ? true : null);
        }

        String line() {
            return persona + (you == null ? "" : " (you)") + ": " + provider + " "
                    + Objects.requireNonNullElse(model, "(default model)") + ", " + state + " since " + since;
        }
    }

    private final SessionService sessions;
    private final PersonaService personas;

    WhoIsHereTool(SessionService sessions, PersonaService personas) {
        this.sessions = sessions;
        this.personas = personas;
    }

    @Override
    public Definition<Input, Output> definition() {
        return new Definition<>(
                "katra_who_is_here",
                "Who is here, and who is away (they get mail too).",
                Input.class,
                Output.class,
                true);
    }

    @Override
    public Output call(Input arguments, ToolCall call) {
        List<LiveSession> live = sessions.live();
        Set<Long> here = live.stream().map(each -> each.persona().id()).collect(Collectors.toSet());
        List<Persona> others = personas.all().stream()
                .filter(each -> !here.contains(each.id()))
                .toList();
        return new Output(
                live.stream()
                        .map(each -> SessionOutput.of(each, call.actor().personaId()))
                        .toList(),
                others.stream().filter(Persona::human).map(Persona::name).toList(),
                others.stream().filter(each -> !each.human()).map(Persona::name).toList());
    }
}
