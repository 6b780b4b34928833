-- What a provider's tokens cost when the session was started, as Prices.parse reads it.
ALTER TABLE session ADD COLUMN prices TEXT NOT NULL DEFAULT '';

-- The same sums, also by the quarter of an hour (its beginning in milliseconds), the provider that answered, and whether
-- the gateway has counted or the client has reported them.
CREATE TABLE usage_by_quarter (
    session_id         INTEGER NOT NULL REFERENCES session (id),
    quarter            INTEGER NOT NULL,
    provider           TEXT    NOT NULL,
    model              TEXT    NOT NULL,
    purpose            TEXT    NOT NULL,
    source             TEXT    NOT NULL,
    requests           INTEGER NOT NULL,
    errors             INTEGER NOT NULL,
    unreported         INTEGER NOT NULL,
    input_tokens       INTEGER NOT NULL,
    cache_read_tokens  INTEGER NOT NULL,
    cache_write_tokens INTEGER NOT NULL,
    output_tokens      INTEGER NOT NULL,
    first_tokens       INTEGER NOT NULL,
    first_token_micros INTEGER NOT NULL,
    priced             INTEGER NOT NULL,
    unpriced           INTEGER NOT NULL,
    cost               INTEGER NOT NULL,
    list_cost          INTEGER NOT NULL,
    PRIMARY KEY (session_id, quarter, provider, model, purpose, source)
) STRICT, WITHOUT ROWID;

-- Of what was counted before, the time is not known; the session's start stands for it.
INSERT INTO usage_by_quarter
SELECT u.session_id, s.claimed_at / 900000 * 900000, s.provider, u.model, u.purpose, 'counted', u.requests, u.errors,
    u.unreported, u.input_tokens, u.cache_read_tokens, u.cache_write_tokens, u.output_tokens, u.first_tokens,
    u.first_token_micros, u.priced, u.unpriced, u.cost, 0
FROM usage u JOIN session s ON s.id = u.session_id;

DROP TABLE usage;
ALTER TABLE usage_by_quarter RENAME TO usage;
CREATE INDEX usage_quarter ON usage (quarter);

-- The requests of a session that its client has reported; those of a session that has ended are added to its usage.
CREATE TABLE reported_request (
    session_id         INTEGER NOT NULL REFERENCES session (id),
    request_id         TEXT    NOT NULL,
    origin             TEXT    NOT NULL,
    at                 INTEGER NOT NULL,
    provider           TEXT    NOT NULL,
    model              TEXT    NOT NULL,
    purpose            TEXT    NOT NULL,
    failed             INTEGER NOT NULL,
    input_tokens       INTEGER NOT NULL,
    cache_read_tokens  INTEGER NOT NULL,
    cache_write_tokens INTEGER NOT NULL,
    output_tokens      INTEGER NOT NULL,
    first_token_micros INTEGER,
    cost               INTEGER,
    list_cost          INTEGER NOT NULL,
    PRIMARY KEY (session_id, request_id)
) STRICT, WITHOUT ROWID;

-- The ids of the requests of live sessions that the gateway has counted, by which those that it could not count, since the
-- server was killed, are found in a transcript.
CREATE TABLE counted_request (
    session_id INTEGER NOT NULL REFERENCES session (id),
    request_id TEXT    NOT NULL,
    PRIMARY KEY (session_id, request_id)
) STRICT, WITHOUT ROWID;

-- How far a session's transcripts have been read for their requests, in bytes.
CREATE TABLE transcript_position (
    session_id INTEGER NOT NULL REFERENCES session (id),
    path       TEXT    NOT NULL,
    position   INTEGER NOT NULL,
    PRIMARY KEY (session_id, path)
) STRICT, WITHOUT ROWID;

-- All usage, summed up or not yet.
CREATE VIEW used AS
SELECT session_id, quarter, provider, model, purpose, source, requests, errors, unreported, input_tokens,
    cache_read_tokens, cache_write_tokens, output_tokens, first_tokens, first_token_micros, priced, unpriced, cost,
    list_cost
FROM usage
UNION ALL
SELECT session_id, at / 900000 * 900000, provider, model, purpose, 'reported', 1, failed,
    failed = 0 AND input_tokens + cache_read_tokens + cache_write_tokens + output_tokens = 0, input_tokens,
    cache_read_tokens, cache_write_tokens, output_tokens, first_token_micros IS NOT NULL, ifnull(first_token_micros, 0),
    cost IS NOT NULL,
    cost IS NULL AND input_tokens + cache_read_tokens + cache_write_tokens + output_tokens > 0, ifnull(cost, 0),
    list_cost
FROM reported_request;
