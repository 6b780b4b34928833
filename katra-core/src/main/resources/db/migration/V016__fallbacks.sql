-- The endpoints that are asked for a session, in this order, when those before them do not answer. No key is stored, only
-- the name of the variable that held it. first_… are the names that the client writes for the session's own models.
CREATE TABLE fallback (
    session_id         INTEGER NOT NULL REFERENCES upstream (session_id),
    position           INTEGER NOT NULL,
    provider           TEXT    NOT NULL,
    endpoint           TEXT    NOT NULL,
    protocol           TEXT    NOT NULL,
    key_header         TEXT    NOT NULL,
    key_variable       TEXT    NOT NULL,
    model              TEXT,
    opus_model         TEXT,
    sonnet_model       TEXT,
    haiku_model        TEXT,
    first_model        TEXT,
    first_opus_model   TEXT,
    first_sonnet_model TEXT,
    first_haiku_model  TEXT,
    context_tokens     INTEGER NOT NULL,
    max_output_tokens  INTEGER NOT NULL,
    quirks             TEXT    NOT NULL,
    efforts            TEXT    NOT NULL,
    prices             TEXT    NOT NULL,
    judge              TEXT    NOT NULL,
    PRIMARY KEY (session_id, position)
) STRICT, WITHOUT ROWID;
