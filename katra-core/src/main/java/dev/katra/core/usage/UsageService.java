package dev.katra.core.usage;

import dev.katra.core.store.Writes;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Counts what sessions use. */
@Service
public class UsageService {

    private final JdbcClient jdbc;
    private final Writes writes;

    UsageService(JdbcClient jdbc, Writes writes) {
        this.jdbc = jdbc;
        this.writes = writes;
    }

    /** Counts a request of a session, without waiting for the store. */
    public void count(long sessionId, CountedRequest request) {
        var unused = writes.submit(() -> add(sessionId, request));
    }

    private int add(long sessionId, CountedRequest request) {
        return jdbc.sql("""
                        INSERT INTO usage (session_id, model, requests, errors, input_tokens, cache_read_tokens,
                            cache_write_tokens, output_tokens, first_token_ms, first_tokens, cost, unpriced)
                        VALUES (:session, :model, 1, :errors, :input, :read, :write, :output, :ms, :firsts, :cost,
                            :unpriced)
                        ON CONFLICT (session_id, model) DO UPDATE SET
                            requests = requests + 1,
                            errors = errors + excluded.errors,
                            input_tokens = input_tokens + excluded.input_tokens,
                            cache_read_tokens = cache_read_tokens + excluded.cache_read_tokens,
                            cache_write_tokens = cache_write_tokens + excluded.cache_write_tokens,
                            output_tokens = output_tokens + excluded.output_tokens,
                            first_token_ms = first_token_ms + excluded.first_token_ms,
                            first_tokens = first_tokens + excluded.first_tokens,
                            cost = cost + excluded.cost,
                            unpriced = unpriced + excluded.unpriced""")
                .param("session", sessionId)
                .param("model", request.model())
                .param("errors", request.failed() ? 1 : 0)
                .param("input", request.tokens().input())
                .param("read", request.tokens().cacheRead())
                .param("write", request.tokens().cacheWrite())
                .param("output", request.tokens().output())
                .param(
                        "ms",
                        request.firstToken() == null ? 0 : request.firstToken().toMillis())
                .param("firsts", request.firstToken() == null ? 0 : 1)
                .param("cost", request.cost().orElse(0))
                .param("unpriced", request.cost().isPresent() ? 0 : 1)
                .update();
    }
}
