-- Who judges the tool calls of a session in auto mode, as Judge.parse reads it.
ALTER TABLE upstream ADD COLUMN judge TEXT NOT NULL DEFAULT '';

-- The same sums, also by what requests were for: the conversation, or a judgement on tool calls.
CREATE TABLE usage_by_purpose (
    session_id         INTEGER NOT NULL REFERENCES session (id),
    model              TEXT    NOT NULL,
    purpose            TEXT    NOT NULL,
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
    PRIMARY KEY (session_id, model, purpose)
) STRICT, WITHOUT ROWID;

INSERT INTO usage_by_purpose
SELECT session_id, model, 'conversation', requests, errors, unreported, input_tokens, cache_read_tokens,
    cache_write_tokens, output_tokens, first_tokens, first_token_micros, priced, unpriced, cost
FROM usage;

DROP TABLE usage;
ALTER TABLE usage_by_purpose RENAME TO usage;
