package dev.katra.core.session.sqlite;

import dev.katra.core.session.SessionClaim;
import dev.katra.core.session.SessionClaims;
import dev.katra.core.text.Uids;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Stores claims in the table of sessions. This is plain SQL, which names what a claim sets and leaves the rest of the columns
 * empty.
 */
@Component
class SqliteSessionClaims implements SessionClaims {

    private static final String CLAIM = """
            INSERT INTO session (uid, persona_id, token_hash, provider, model, route, place, folder, role, isolated, wake,
                claude_session_id, prices, state, claimed_at, state_at)
            VALUES (:uid, :persona, :tokenHash, :provider, :model, :route, :place, :folder, :role, :isolated, :wake,
                :conversation, :prices, 'STARTING', :at, :at)
            RETURNING id""";

    private final JdbcClient jdbc;

    SqliteSessionClaims(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public long add(SessionClaim claim, long personaId, String tokenHash, Instant at) {
        return jdbc.sql(CLAIM)
                .param("uid", Uids.next())
                .param("persona", personaId)
                .param("tokenHash", tokenHash)
                .param("provider", claim.source().provider())
                .param("model", claim.source().model())
                .param("route", claim.source().route())
                .param("place", claim.place().name())
                .param("folder", claim.folder().toString())
                .param("role", claim.purpose().role())
                .param("isolated", claim.client().isolated())
                .param("wake", claim.purpose().wake().name())
                .param("conversation", claim.client().conversationId())
                .param("prices", claim.endpoint().prices())
                .param("at", at.toEpochMilli())
                .query(Long.class)
                .single();
    }
}
