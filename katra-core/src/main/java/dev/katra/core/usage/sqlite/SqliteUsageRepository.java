package dev.katra.core.usage.sqlite;

import dev.katra.core.store.sqlite.Columns;
import dev.katra.core.usage.Cost;
import dev.katra.core.usage.FirstTokens;
import dev.katra.core.usage.Purpose;
import dev.katra.core.usage.RequestCounts;
import dev.katra.core.usage.SessionUsage;
import dev.katra.core.usage.TokenCounts;
import dev.katra.core.usage.Usage;
import dev.katra.core.usage.UsageKey;
import dev.katra.core.usage.UsageRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores sums of usage in a table of SQLite. */
@Component
class SqliteUsageRepository implements UsageRepository {

    private static final String ADD = """
            INSERT INTO usage (session_id, model, purpose, requests, errors, unreported, input_tokens, cache_read_tokens,
                cache_write_tokens, output_tokens, first_tokens, first_token_micros, priced, unpriced, cost)
            SELECT id, :model, :purpose, :requests, :errors, :unreported, :input, :cacheRead, :cacheWrite, :output, :firstTokens,
                :firstTokenMicros, :priced, :unpriced, :cost
            FROM session WHERE id = :session
            ON CONFLICT (session_id, model, purpose) DO UPDATE SET
                requests = requests + excluded.requests,
                errors = errors + excluded.errors,
                unreported = unreported + excluded.unreported,
                input_tokens = input_tokens + excluded.input_tokens,
                cache_read_tokens = cache_read_tokens + excluded.cache_read_tokens,
                cache_write_tokens = cache_write_tokens + excluded.cache_write_tokens,
                output_tokens = output_tokens + excluded.output_tokens,
                first_tokens = first_tokens + excluded.first_tokens,
                first_token_micros = first_token_micros + excluded.first_token_micros,
                priced = priced + excluded.priced,
                unpriced = unpriced + excluded.unpriced,
                cost = cost + excluded.cost""";

    private static final String SUMS = """
            SELECT session_id, model, purpose, requests, errors, unreported, input_tokens, cache_read_tokens, cache_write_tokens,
                output_tokens, first_tokens, first_token_micros, priced, unpriced, cost
            FROM usage WHERE session_id IN (:sessions)""";

    private final JdbcClient jdbc;

    SqliteUsageRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean add(UsageKey key, Usage usage) {
        return jdbc.sql(ADD)
                        .param("session", key.sessionId())
                        .param("model", key.model())
                        .param("purpose", key.purpose().externalName())
                        .param("requests", usage.requests().all())
                        .param("errors", usage.requests().errors())
                        .param("unreported", usage.requests().unreported())
                        .param("input", usage.tokens().input())
                        .param("cacheRead", usage.tokens().cacheRead())
                        .param("cacheWrite", usage.tokens().cacheWrite())
                        .param("output", usage.tokens().output())
                        .param("firstTokens", usage.firstTokens().answers())
                        .param("firstTokenMicros", usage.firstTokens().micros())
                        .param("priced", usage.cost().priced())
                        .param("unpriced", usage.cost().unpriced())
                        .param("cost", usage.cost().nanoDollars())
                        .update()
                > 0;
    }

    @Override
    public Map<UsageKey, Usage> of(Collection<Long> sessions) {
        Map<UsageKey, Usage> sums = new LinkedHashMap<>();
        if (sessions.isEmpty()) {
            return sums;
        }
        jdbc.sql(SUMS).param("sessions", sessions).query(row -> {
            sums.put(key(row), usage(row));
        });
        return sums;
    }

    private static UsageKey key(ResultSet row) throws SQLException {
        return new UsageKey(row.getLong("session_id"), row.getString("model"), Purpose.of(row.getString("purpose")));
    }

    private static Usage usage(ResultSet row) throws SQLException {
        return new Usage(
                new RequestCounts(row.getLong("requests"), row.getLong("errors"), row.getLong("unreported")),
                new TokenCounts(
                        row.getLong("input_tokens"),
                        row.getLong("cache_read_tokens"),
                        row.getLong("cache_write_tokens"),
                        row.getLong("output_tokens")),
                new FirstTokens(row.getLong("first_tokens"), row.getLong("first_token_micros")),
                new Cost(row.getLong("priced"), row.getLong("unpriced"), row.getLong("cost")));
    }

    @Override
    public Map<Long, SessionUsage> live() {
        return sessions("s.ended_at IS NULL ORDER BY s.id", Map.of());
    }

    @Override
    public Map<Long, SessionUsage> newest(@Nullable Collection<Long> personas, int limit) {
        return sessions(
                which(personas) + " ORDER BY s.id DESC LIMIT :limit",
                personas == null ? Map.of("limit", limit) : Map.of("limit", limit, "personas", personas));
    }

    @Override
    public long count(@Nullable Collection<Long> personas) {
        return jdbc.sql("SELECT count(*) FROM session s WHERE " + which(personas))
                .params(personas == null ? Map.of() : Map.of("personas", personas))
                .query(Long.class)
                .single();
    }

    private static String which(@Nullable Collection<Long> personas) {
        return personas == null ? "s.id IN (SELECT session_id FROM usage)" : "s.persona_id IN (:personas)";
    }

    private Map<Long, SessionUsage> sessions(String which, Map<String, ?> parameters) {
        Map<Long, SessionUsage> found = new LinkedHashMap<>();
        jdbc.sql("SELECT s.id, s.uid, p.name, s.provider, s.model, s.route, s.claimed_at, s.ended_at"
                        + " FROM session s JOIN persona p ON p.id = s.persona_id WHERE " + which)
                .params(parameters)
                .query(row -> {
                    found.put(row.getLong("id"), session(row));
                });
        return found;
    }

    private static SessionUsage session(ResultSet row) throws SQLException {
        return new SessionUsage(
                row.getString("uid"),
                row.getString("name"),
                new SessionUsage.Source(row.getString("provider"), row.getString("model"), row.getString("route")),
                Columns.instant(row, "claimed_at"),
                Columns.nullableInstant(row, "ended_at"),
                List.of());
    }
}
