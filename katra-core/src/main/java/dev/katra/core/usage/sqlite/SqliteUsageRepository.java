package dev.katra.core.usage.sqlite;

import dev.katra.core.store.sqlite.Columns;
import dev.katra.core.usage.Cost;
import dev.katra.core.usage.FirstTokens;
import dev.katra.core.usage.ModelTask;
import dev.katra.core.usage.ModelUsage;
import dev.katra.core.usage.Purpose;
import dev.katra.core.usage.RequestCounts;
import dev.katra.core.usage.SessionUsage;
import dev.katra.core.usage.TokenCounts;
import dev.katra.core.usage.Usage;
import dev.katra.core.usage.UsageGroup;
import dev.katra.core.usage.UsageGrouping;
import dev.katra.core.usage.UsageKey;
import dev.katra.core.usage.UsageRepository;
import dev.katra.core.usage.UsageSelection;
import dev.katra.core.usage.UsageSource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores sums of usage in a table of SQLite, and reads them from a view that has the reported requests too. */
@Component
class SqliteUsageRepository implements UsageRepository {

    private static final String ADD = """
            INSERT INTO usage (session_id, quarter, provider, model, purpose, source, requests, errors, unreported, input_tokens,
                cache_read_tokens, cache_write_tokens, output_tokens, first_tokens, first_token_micros, priced, unpriced,
                cost, list_cost)
            SELECT id, :quarter, :provider, :model, :purpose, 'counted', :requests, :errors, :unreported, :input, :cacheRead,
                :cacheWrite, :output, :firstTokens, :firstTokenMicros, :priced, :unpriced, :cost, :listCost
            FROM session WHERE id = :session
            """ + UsageSql.ADD_TO_STORED;

    private final JdbcClient jdbc;

    SqliteUsageRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean add(UsageKey key, Usage usage) {
        return jdbc.sql(ADD)
                        .param("session", key.sessionId())
                        .param("quarter", key.quarter().toEpochMilli())
                        .param("provider", key.task().provider())
                        .param("model", key.task().model())
                        .param("purpose", key.task().purpose().externalName())
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
                        .param("listCost", usage.cost().listNanoDollars())
                        .update()
                > 0;
    }

    @Override
    public Map<Long, List<ModelUsage>> of(Collection<Long> sessions) {
        Map<Long, List<ModelUsage>> models = new HashMap<>();
        if (!sessions.isEmpty()) {
            jdbc.sql("SELECT session_id, provider, model, purpose, source, " + UsageSql.SUMS
                            + " FROM used WHERE session_id IN (:sessions)"
                            + " GROUP BY session_id, provider, model, purpose, source")
                    .param("sessions", sessions)
                    .query(row -> {
                        models.computeIfAbsent(row.getLong("session_id"), id -> new ArrayList<>())
                                .add(new ModelUsage(
                                        new ModelTask(
                                                row.getString("provider"),
                                                row.getString("model"),
                                                Purpose.of(row.getString("purpose"))),
                                        UsageSource.of(row.getString("source")),
                                        usage(row)));
                    });
        }
        return models;
    }

    @Override
    public List<UsageGroup> grouped(UsageGrouping grouping, UsageSelection selection, ZoneId zone) {
        Map<String, Object> parameters = new HashMap<>();
        StringBuilder where = new StringBuilder("TRUE");
        if (selection.since() != null) {
            parameters.put("since", UsageKey.quarterOf(selection.since()).toEpochMilli());
            where.append(" AND u.quarter >= :since");
        }
        if (selection.personas() != null) {
            parameters.put("personas", selection.personas());
            where.append(" AND s.persona_id IN (:personas)");
        }
        String sql = "SELECT " + name(grouping) + " AS common, u.session_id, " + UsageSql.SUMS
                + " FROM used u JOIN session s ON s.id = u.session_id JOIN persona p ON p.id = s.persona_id WHERE "
                + where
                + " GROUP BY common, u.session_id";
        Map<String, UsageGroup> groups = new LinkedHashMap<>();
        Map<String, Long> lastSession = new HashMap<>();
        jdbc.sql(sql).params(parameters).query(row -> {
            String name = grouping == UsageGrouping.DAY
                    ? LocalDate.ofInstant(Columns.instant(row, "common"), zone).toString()
                    : row.getString("common");
            long session = row.getLong("session_id");
            Long before = lastSession.put(name + " " + session, session);
            groups.merge(name, new UsageGroup(name, before == null ? 1 : 0, usage(row)), UsageGroup::plus);
        });
        return List.copyOf(groups.values());
    }

    private static String name(UsageGrouping grouping) {
        return switch (grouping) {
            case SESSION -> "s.uid";
            case PERSONA -> "p.name";
            case PROVIDER -> "u.provider";
            case MODEL -> "u.model";
            case DAY -> "u.quarter";
            case FOLDER -> "s.folder";
            case PURPOSE -> "u.purpose";
        };
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
                new Cost(
                        row.getLong("priced"), row.getLong("unpriced"), row.getLong("cost"), row.getLong("list_cost")));
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
        return personas == null
                ? "(EXISTS (SELECT 1 FROM usage WHERE session_id = s.id)"
                        + " OR EXISTS (SELECT 1 FROM reported_request WHERE session_id = s.id))"
                : "s.persona_id IN (:personas)";
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
                new SessionUsage.Launch(row.getString("provider"), row.getString("model"), row.getString("route")),
                Columns.instant(row, "claimed_at"),
                Columns.nullableInstant(row, "ended_at"),
                List.of());
    }
}
