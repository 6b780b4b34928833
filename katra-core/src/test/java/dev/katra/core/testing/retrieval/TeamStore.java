package dev.katra.core.testing.retrieval;

import dev.katra.core.memory.MemoryChange;
import dev.katra.core.memory.MemoryDetails;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.session.ClaimedSession;
import dev.katra.core.session.ModelSource;
import dev.katra.core.session.Place;
import dev.katra.core.session.SessionClaim;
import dev.katra.core.session.SessionClient;
import dev.katra.core.session.SessionPurpose;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.WakePolicy;
import dev.katra.core.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes the set into a store as its team would have: session by session, each memory at its time. */
public final class TeamStore {

    private record Open(String key, ClaimedSession session) {}

    private final PersonaService personas;
    private final SessionService sessions;
    private final MemoryService memories;
    private final TestClock clock;
    private final Map<String, Open> open = new HashMap<>();
    private final Map<String, Long> numbers = new HashMap<>();

    /** @param clock the one that the services look at */
    public TeamStore(PersonaService personas, SessionService sessions, MemoryService memories, TestClock clock) {
        this.personas = personas;
        this.sessions = sessions;
        this.memories = memories;
        this.clock = clock;
    }

    /** Writes all memories, ends their sessions, and returns their keys by number. */
    public Map<Long, String> fill(RetrievalSet set) {
        set.memories().forEach(this::write);
        open.values().forEach(this::end);
        Map<Long, String> keys = new HashMap<>();
        numbers.forEach((key, number) -> keys.put(number, key));
        return keys;
    }

    private void write(TeamMemory entry) {
        clock.set(entry.at());
        Actor author = author(entry);
        NewMemory memory = entry.memory();
        MemoryDetails written = entry.supersedes() == null
                ? memories.remember(author, memory, null).memory()
                : memories.edit(author, number(entry.supersedes()), change(memory), null);
        for (int again = 1; again <= entry.confirmations(); again++) {
            clock.set(entry.at().plus(Duration.ofDays(3L * again)));
            memories.remember(author, memory, null);
        }
        numbers.put(entry.key(), written.number());
    }

    private long number(String key) {
        return Objects.requireNonNull(numbers.get(key), key);
    }

    private static MemoryChange change(NewMemory memory) {
        return new MemoryChange(
                memory.body().content(),
                memory.body().kind(),
                memory.body().scope(),
                memory.body().importance(),
                memory.body().tags());
    }

    private Actor author(TeamMemory entry) {
        @Nullable String key = entry.session();
        if (key == null) {
            return Actor.human(personas.ensure(entry.author(), true));
        }
        Open current = open.get(entry.author());
        if (current == null || !current.key().equals(key)) {
            if (current != null) {
                end(current);
            }
            current = new Open(key, sessions.claim(claim(entry)));
            open.put(entry.author(), current);
        }
        return sessions.actor(sessions.authenticate(current.session().token()).orElseThrow());
    }

    private void end(Open ended) {
        sessions.end(ended.session().session().id(), "done");
    }

    private static SessionClaim claim(TeamMemory entry) {
        return new SessionClaim(
                entry.author(),
                new ModelSource(Objects.requireNonNull(entry.provider()), entry.model(), "direct"),
                Place.TMUX,
                Path.of(Objects.requireNonNull(entry.folder())),
                new SessionPurpose(WakePolicy.DIRECT),
                new SessionClient(UUID.randomUUID().toString(), true));
    }
}
