package dev.katra.core.usage.sqlite;

import dev.katra.core.store.sqlite.Columns;
import dev.katra.core.text.ExternallyNamed;
import dev.katra.core.usage.ModelTask;
import dev.katra.core.usage.ReportedRequest;
import dev.katra.core.usage.ReportedRequests;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores reported requests in a table of SQLite. */
@Component
class SqliteReportedRequests implements ReportedRequests {

    private static final String PUT = """
            INSERT INTO reported_request (session_id, request_id, origin, at, provider, model, purpose, failed, input_tokens,
                cache_read_tokens, cache_write_tokens, output_tokens, first_token_micros, cost, list_cost)
            SELECT id, :request, :origin, :at, :provider, :model, :purpose, :failed, :input, :cacheRead, :cacheWrite, :output,
                :firstTokenMicros, :cost, :listCost
            FROM session WHERE id = :session AND (:origin <> 'event' OR ended_at IS NULL)
            ON CONFLICT (session_id, request_id) DO UPDATE SET
                origin = excluded.origin,
                at = excluded.at,
                model = excluded.model,
                purpose = excluded.purpose,
                failed = excluded.failed,
                input_tokens = iif(excluded.origin = 'event', excluded.input_tokens,
                    max(input_tokens, excluded.input_tokens)),
                cache_read_tokens = iif(excluded.origin = 'event', excluded.cache_read_tokens,
                    max(cache_read_tokens, excluded.cache_read_tokens)),
                cache_write_tokens = iif(excluded.origin = 'event', excluded.cache_write_tokens,
                    max(cache_write_tokens, excluded.cache_write_tokens)),
                output_tokens = iif(excluded.origin = 'event', excluded.output_tokens,
                    max(output_tokens, excluded.output_tokens)),
                first_token_micros = excluded.first_token_micros,
                cost = iif(excluded.origin = 'event' OR excluded.cost > ifnull(cost, -1), excluded.cost, cost),
                list_cost = excluded.list_cost
            WHERE excluded.origin = 'event' OR origin <> 'event'""";

    /** The requests of a session that are summed up next. */
    private static final String NEXT = "session_id = :session AND request_id IN"
            + " (SELECT request_id FROM reported_request WHERE session_id = :session ORDER BY request_id LIMIT :most)";

    private static final String SUM_UP =
            """
            INSERT INTO usage (session_id, quarter, provider, model, purpose, source, requests, errors, unreported, input_tokens,
                cache_read_tokens, cache_write_tokens, output_tokens, first_tokens, first_token_micros, priced, unpriced,
                cost, list_cost)
            SELECT session_id, at / 900000 * 900000 AS quarter, provider, model, purpose, 'reported', count(*), sum(failed),
                sum(failed = 0 AND input_tokens + cache_read_tokens + cache_write_tokens + output_tokens = 0),
                sum(input_tokens), sum(cache_read_tokens), sum(cache_write_tokens), sum(output_tokens),
                count(first_token_micros), ifnull(sum(first_token_micros), 0), count(cost),
                sum(cost IS NULL AND input_tokens + cache_read_tokens + cache_write_tokens + output_tokens > 0),
                ifnull(sum(cost), 0), sum(list_cost)
            FROM reported_request WHERE""" + " " + NEXT + " GROUP BY session_id, quarter, provider, model, purpose " + UsageSql.ADD_TO_STORED;

    private final JdbcClient jdbc;

    SqliteReportedRequests(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void put(long session, ReportedRequest request, ModelTask task, OptionalLong cost) {
        ReportedRequest.Outcome outcome = request.outcome();
        jdbc.sql(PUT)
                .param("session", session)
                .param("request", request.id())
                .param("origin", ExternallyNamed.of(request.origin()))
                .param("at", request.at().toEpochMilli())
                .param("provider", task.provider())
                .param("model", task.model())
                .param("purpose", task.purpose().externalName())
                .param("failed", outcome.failed() ? 1 : 0)
                .param("input", outcome.tokens().input())
                .param("cacheRead", outcome.tokens().cacheRead())
                .param("cacheWrite", outcome.tokens().cacheWrite())
                .param("output", outcome.tokens().output())
                .param("firstTokenMicros", micros(outcome.firstToken()))
                .param("cost", cost.isPresent() ? cost.getAsLong() : null)
                .param("listCost", outcome.listNanoDollars())
                .update();
    }

    private static @Nullable Long micros(@Nullable Duration time) {
        return time == null ? null : TimeUnit.MICROSECONDS.convert(time);
    }

    @Override
    public Optional<Origin> origin(long session) {
        return jdbc.sql("SELECT provider, route, prices, claimed_at FROM session WHERE id = :session")
                .param("session", session)
                .query((row, number) -> new Origin(
                        row.getString("provider"),
                        row.getString("route"),
                        row.getString("prices"),
                        Columns.instant(row, "claimed_at")))
                .optional();
    }

    @Override
    public Map<String, Long> positions(long session) {
        Map<String, Long> positions = new HashMap<>();
        jdbc.sql("SELECT path, position FROM transcript_position WHERE session_id = :session")
                .param("session", session)
                .query(row -> {
                    positions.put(row.getString("path"), row.getLong("position"));
                });
        return positions;
    }

    @Override
    public void setPosition(long session, String path, long position) {
        jdbc.sql("""
                        INSERT INTO transcript_position (session_id, path, position)
                        SELECT id, :path, :position FROM session WHERE id = :session
                        ON CONFLICT (session_id, path) DO UPDATE SET position = excluded.position""")
                .param("session", session)
                .param("path", path)
                .param("position", position)
                .update();
    }

    @Override
    public boolean sumUp(long session, int most) {
        jdbc.sql(SUM_UP).param("session", session).param("most", most).update();
        return jdbc.sql("DELETE FROM reported_request WHERE " + NEXT)
                        .param("session", session)
                        .param("most", most)
                        .update()
                == most;
    }

    @Override
    public void putCounted(long session, String request) {
        jdbc.sql("INSERT OR IGNORE INTO counted_request (session_id, request_id) SELECT id, :request FROM session"
                        + " WHERE id = :session")
                .param("session", session)
                .param("request", request)
                .update();
    }

    @Override
    public Set<String> counted(long session) {
        return jdbc.sql("SELECT request_id FROM counted_request WHERE session_id = :session")
                .param("session", session)
                .query(String.class)
                .set();
    }

    @Override
    public boolean forget(long session, int most) {
        jdbc.sql("DELETE FROM transcript_position WHERE session_id = :session")
                .param("session", session)
                .update();
        return jdbc.sql("DELETE FROM counted_request WHERE session_id = :session AND request_id IN"
                                + " (SELECT request_id FROM counted_request WHERE session_id = :session LIMIT :most)")
                        .param("session", session)
                        .param("most", most)
                        .update()
                == most;
    }

    @Override
    public List<Long> sessions() {
        return jdbc.sql("SELECT session_id FROM reported_request UNION SELECT session_id FROM transcript_position"
                        + " UNION SELECT session_id FROM counted_request")
                .query(Long.class)
                .list();
    }
}
