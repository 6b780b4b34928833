package dev.katra.core.usage.sqlite;

/** Holds the parts of statements that concern all sums of usage. */
final class UsageSql {

    /** The sums over a group of rows, each under the name of its column. */
    static final String SUMS = """
            sum(requests) AS requests, sum(errors) AS errors, sum(unreported) AS unreported,
            sum(input_tokens) AS input_tokens, sum(cache_read_tokens) AS cache_read_tokens,
            sum(cache_write_tokens) AS cache_write_tokens, sum(output_tokens) AS output_tokens,
            sum(first_tokens) AS first_tokens, sum(first_token_micros) AS first_token_micros,
            sum(priced) AS priced, sum(unpriced) AS unpriced, sum(cost) AS cost, sum(list_cost) AS list_cost""";

    /** The end of a statement that inserts sums; those that are stored under the same key grow by them. */
    static final String ADD_TO_STORED = """
            ON CONFLICT (session_id, quarter, provider, model, purpose, source) DO UPDATE SET
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
                cost = cost + excluded.cost,
                list_cost = list_cost + excluded.list_cost""";

    private UsageSql() {}
}
