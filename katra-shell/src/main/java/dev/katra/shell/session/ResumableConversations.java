package dev.katra.shell.session;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Persona;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import dev.katra.launcher.agent.AgentConversations;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lists the conversations of a persona that its client has kept, newest first: those of its last sessions in one
 * folder, each with those that it was in before {@code /clear} or the client's own {@code /resume}.
 *
 * @param folder the folder
 * @param all the conversations
 */
record ResumableConversations(Persona persona, String folder, List<ResumableConversation> all) {

    private static final int SHORT_ID_LENGTH = 8;

    /** A conversation that can be resumed, and the session that it was held in. */
    record ResumableConversation(Session session, String id) {

        /** Returns the beginning of the id, enough to tell the conversation. */
        String shortId() {
            return id.substring(0, Math.min(SHORT_ID_LENGTH, id.length()));
        }

        boolean isLast() {
            return id.equals(session.client().conversationId());
        }
    }

    /**
     * Returns the conversations that can go on in a folder, in the client's own or in the persona's isolated
     * configuration.
     */
    static ResumableConversations of(
            Persona persona, boolean isolated, String folder, SessionService sessions, AgentConversations kept) {
        List<ResumableConversation> all = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        for (Session session : sessions.recentOf(persona)) {
            if (session.client().isolated() == isolated && session.folder().equals(folder)) {
                List<String> of = new ArrayList<>(List.of(session.client().conversationId()));
                of.addAll(sessions.previousConversations(session.id()));
                of.stream()
                        .filter(id -> kept.canResume(id) && ids.add(id))
                        .forEach(id -> all.add(new ResumableConversation(session, id)));
            }
        }
        return new ResumableConversations(persona, folder, List.copyOf(all));
    }

    /**
     * Returns the conversation to go on with; empty for a new one. What a person may not expect is noted.
     *
     * @param wanted the beginning of its id; null for the newest
     * @throws Failure NOT_FOUND if none begins so, INVALID if several do
     */
    Optional<ResumableConversation> choose(@Nullable String wanted, Consumer<String> notes) {
        if (wanted != null) {
            return Optional.of(byPrefix(wanted));
        }
        if (all.isEmpty()) {
            notes.accept("katra: nothing was said in a conversation of " + persona.name() + " in " + folder
                    + " yet; starting a new one");
            return Optional.empty();
        }
        ResumableConversation newest = all.get(0);
        all.stream()
                .skip(1)
                .filter(other -> other.session().id() == newest.session().id())
                .findFirst()
                .ifPresent(older -> notes.accept("katra: going on with conversation " + newest.shortId() + "; "
                        + persona.name() + " was in " + older.shortId() + " before it: katra resume "
                        + persona.name() + " --conversation " + older.shortId()));
        if (!newest.isLast()) {
            notes.accept("katra: nothing was said in the conversation that " + persona.name()
                    + " was in last; going on with the one before it");
        }
        return Optional.of(newest);
    }

    private ResumableConversation byPrefix(String wanted) {
        List<ResumableConversation> found =
                all.stream().filter(held -> held.id().startsWith(wanted)).toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        String known = all.stream().map(ResumableConversation::shortId).collect(Collectors.joining(", "));
        throw (found.isEmpty()
                        ? Failure.notFound(persona.name() + " has no conversation \"" + wanted + "\" here")
                        : Failure.invalid("several conversations begin with \"" + wanted + "\""))
                .hint(known.isEmpty() ? "katra resume " + persona.name() + " begins a new one" : "one of: " + known);
    }
}
