package dev.katra.mcp.hook;

import dev.katra.core.memory.MemoryDetails;
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

/**
 * Composes what a model is told at its session's start, in no more than 1,600 bytes: about 400 tokens, which every
 * session pays.
 */
@Component
class StartText {

    static final int MAX_BYTES = 1_600;

    private static final int MAX_SESSIONS = 8;
    private static final int MAX_MEMORIES = 5;
    private static final int MAX_LINE_BYTES = 150;

    /** The number of characters of a memory that are read: enough for a line, however much of them is space. */
    private static final int MAX_READ_CHARACTERS = 2_000;

    private static final String INSTRUCTIONS =
            "Mail comes with your prompts; answer with katra_say, look with katra_hear.";

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
        var text = new StringBuilder(
                cut("You are " + actor.persona() + " (" + providerAndModel(session) + ") in Katra's room."));
        text.append('\n').append(others(actor));
        text.append('\n').append(unread).append(unread == 1 ? " message waits. " : " messages wait. ");
        text.append(INSTRUCTIONS);
        String title = "\nRemembered (katra_recall finds more, and \"#12\" gives 12 whole):";
        for (MemoryDetails found : memories.startMemories(actor, Path.of(session.folder()), MAX_MEMORIES)) {
            String line = "\n" + memory(found);
            if (bytes(text + title + line) > MAX_BYTES) {
                break;
            }
            text.append(title).append(line);
            title = "";
        }
        return text.toString();
    }

    /** Returns a memory's number, its author and the beginning of its content, on one line. */
    private static String memory(MemoryDetails found) {
        String content = found.body().content();
        String beginning = content.substring(0, Math.min(content.length(), MAX_READ_CHARACTERS));
        return cut("#" + found.number() + " " + found.author().name() + ": " + beginning.replaceAll("\\s+", " "));
    }

    private String others(Actor actor) {
        List<LiveSession> others = sessions.live().stream()
                .filter(live -> live.persona().id() != actor.personaId())
                .toList();
        if (others.isEmpty()) {
            return "Nobody else is here.";
        }
        int left = others.size() - MAX_SESSIONS;
        return others.stream()
                .limit(MAX_SESSIONS)
                .map(live -> shortened(
                        live.persona().name() + " (" + live.session().source().provider() + ", "
                                + live.session().progress().state().externalName() + ")",
                        90))
                .collect(Collectors.joining(", ", "Here: ", left > 0 ? " and " + left + " more." : "."));
    }

    private static String providerAndModel(Session session) {
        return session.source().provider() + ", "
                + Objects.requireNonNullElse(session.source().model(), "its default model");
    }

    private static String cut(String line) {
        return shortened(line, MAX_LINE_BYTES);
    }

    /** Returns the text cut to this number of bytes, between characters. */
    private static String shortened(String text, int most) {
        int fits = 0;
        int bytes = 0;
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            bytes += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
            if (bytes > most) {
                return text.substring(0, fits) + "…";
            }
            at += Character.charCount(character);
            fits = bytes <= most - 3 ? at : fits;
        }
        return text;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
