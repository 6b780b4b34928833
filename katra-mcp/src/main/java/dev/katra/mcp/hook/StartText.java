package dev.katra.mcp.hook;

import dev.katra.core.memory.KnownMemory;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.persona.Actor;
import dev.katra.core.room.RoomService;
import dev.katra.core.session.LiveSession;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What a model learns at its session's start, in no more than 1,600 bytes: about 400 tokens, which every session pays. */
@Component
class StartText {

    static final int MOST_BYTES = 1_600;

    private static final int SHOWN_SESSIONS = 8;
    private static final int SHOWN_MEMORIES = 5;
    private static final int LINE_BYTES = 150;
    private static final String HOW = "Mail comes with your prompts; answer with katra_say, look with katra_hear.";

    private final SessionService sessions;
    private final RoomService room;
    private final MemoryService memories;

    StartText(SessionService sessions, RoomService room, MemoryService memories) {
        this.sessions = sessions;
        this.room = room;
        this.memories = memories;
    }

    String of(Actor actor) {
        Session session =
                sessions.find(Objects.requireNonNull(actor.sessionId())).orElseThrow();
        int unread = room.unread(actor.personaId());
        var text = new StringBuilder(cut("You are " + actor.persona() + " (" + what(session) + ") in Katra's room."));
        text.append('\n').append(others(actor));
        text.append('\n').append(unread).append(unread == 1 ? " message waits. " : " messages wait. ");
        text.append(HOW);
        String title = "\nRemembered (katra_recall finds more, and \"#12\" gives 12 whole):";
        for (KnownMemory found : memories.startMemories(actor, Path.of(session.folder()), SHOWN_MEMORIES)) {
            String line = "\n" + memory(found);
            if (bytes(text + title + line) > MOST_BYTES) {
                break;
            }
            text.append(title).append(line);
            title = "";
        }
        return text.toString();
    }

    /** Its number, its author and the beginning of its content, on one line. */
    private static String memory(KnownMemory found) {
        String content = found.content().replaceAll("\\s+", " ");
        return cut("#" + found.number() + " " + found.author() + ": " + content);
    }

    private String others(Actor actor) {
        List<LiveSession> others = sessions.live().stream()
                .filter(live -> live.persona().id() != actor.personaId())
                .toList();
        if (others.isEmpty()) {
            return "Nobody else is here.";
        }
        int left = others.size() - SHOWN_SESSIONS;
        return others.stream()
                .limit(SHOWN_SESSIONS)
                .map(live -> shortened(
                        live.persona().name() + " (" + live.session().provider() + ", "
                                + live.session().state().word() + ")",
                        90))
                .collect(Collectors.joining(", ", "Here: ", left > 0 ? " and " + left + " more." : "."));
    }

    private static String what(Session session) {
        return session.provider() + ", " + Objects.requireNonNullElse(session.model(), "its default model");
    }

    private static String cut(String line) {
        return shortened(line, LINE_BYTES);
    }

    /** Cut to so many bytes, between characters. */
    private static String shortened(String text, int most) {
        if (bytes(text) <= most) {
            return text;
        }
        int end = text.length();
        while (bytes(text.substring(0, end)) > most - 3) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end) + "…";
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
