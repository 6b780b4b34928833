-- The endpoint behind the gateway of a session; only sessions on that route have one. No key is stored, only the name
-- of the variable that held it.
CREATE TABLE upstream (
    session_id        INTEGER PRIMARY KEY REFERENCES session (id),
    endpoint          TEXT    NOT NULL,
    protocol          TEXT    NOT NULL,
    key_header        TEXT    NOT NULL,
    key_variable      TEXT    NOT NULL,
    model             TEXT,
    opus_model        TEXT,
    sonnet_model      TEXT,
    haiku_model       TEXT,
    context_tokens    INTEGER NOT NULL,
    max_output_tokens INTEGER NOT NULL,
    quirks            TEXT    NOT NULL,
    efforts           TEXT    NOT NULL,
    prices            TEXT    NOT NULL,
    trace             INTEGER NOT NULL
) STRICT;

-- What a session has used of a model, summed up. The parts of the input do not overlap. unreported answers told no
-- tokens. first_token_micros is the sum over first_tokens streamed answers. cost is in billionths of a US dollar, that of
-- the priced requests; unpriced ones used tokens whose price is not known.
CREATE TABLE usage (
    session_id         INTEGER NOT NULL REFERENCES session (id),
    model              TEXT    NOT NULL,
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
    PRIMARY KEY (session_id, model)
) STRICT, WITHOUT ROWID;
