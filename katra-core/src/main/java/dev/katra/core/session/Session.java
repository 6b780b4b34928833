package dev.katra.core.session;

import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.Embedded.OnEmpty;
import org.springframework.data.relational.core.mapping.Table;

/**
 * Stores one run of an agent's client under a persona.
 *
 * @param id 0 until stored
 * @param uid the name of the session's folder
 * @param tokenHash SHA-256 of the token, in hex; the token itself is stored nowhere
 * @param folder the absolute path of the folder in which it works
 */
@Table("session")
public record Session(
        @Id long id,
        String uid,
        long personaId,
        String tokenHash,
        @Embedded(onEmpty = OnEmpty.USE_EMPTY) ModelSource source,
        String folder,
        @Embedded(onEmpty = OnEmpty.USE_EMPTY) SessionPurpose purpose,
        @Embedded(onEmpty = OnEmpty.USE_EMPTY) SessionClient client,
        @Embedded(onEmpty = OnEmpty.USE_EMPTY) SessionScreen screen,
        @Embedded(onEmpty = OnEmpty.USE_EMPTY) SessionProcess process,
        @Embedded(onEmpty = OnEmpty.USE_EMPTY) SessionProgress progress,
        @Embedded(onEmpty = OnEmpty.USE_EMPTY) Lifetime lifetime) {

    /** Returns whether the session has not ended. */
    public boolean live() {
        return lifetime.endedAt() == null;
    }
}
