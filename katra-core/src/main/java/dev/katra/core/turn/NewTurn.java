package dev.katra.core.turn;

import dev.katra.core.persona.Persona;
import dev.katra.core.search.IndexedText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Holds a turn that is to be stored.
 *
 * @param endedAt null as long as it runs
 * @param team true if every persona may find it
 */
public record NewTurn(
        TurnOwner owner,
        TurnKey key,
        TurnBody body,
        Instant at,
        @Nullable Instant endedAt,
        boolean team) {

    /** Returns the same turn with these texts. */
    NewTurn body(TurnBody texts) {
        return new NewTurn(owner, key, texts, at, endedAt, team);
    }

    /** Returns what the index shall hold of the turn. */
    IndexedText text() {
        return TurnTexts.text(body, owner.persona(), owner.personaId(), at, team);
    }

    /**
     * Says whose turn it is.
     *
     * @param sessionId Katra's session; null for a transcript's
     * @param folder the folder in which the client works; null if that is not known
     */
    public record TurnOwner(
            long personaId,
            String persona,
            @Nullable Long sessionId,
            @Nullable String folder) {

        /** Returns the owner of a turn that a transcript has. */
        static TurnOwner ofTranscript(Persona persona, @Nullable String folder) {
            return new TurnOwner(persona.id(), persona.name(), null, folder);
        }
    }
}
