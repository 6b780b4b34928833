-- Times are epoch milliseconds. Names are ASCII, so NOCASE is exact for them.

CREATE TABLE persona (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT    NOT NULL COLLATE NOCASE UNIQUE,
    human      INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE session (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    uid               TEXT    NOT NULL UNIQUE,
    persona_id        INTEGER NOT NULL REFERENCES persona (id),
    token_hash        TEXT    NOT NULL UNIQUE,
    provider          TEXT    NOT NULL,
    model             TEXT,
    route             TEXT    NOT NULL,
    place             TEXT    NOT NULL,
    tmux_session      TEXT,
    tmux_socket       TEXT,
    folder            TEXT    NOT NULL,
    role              TEXT,
    isolated          INTEGER NOT NULL,
    claude_session_id TEXT    NOT NULL,
    state             TEXT    NOT NULL,
    pid               INTEGER,
    pid_started_at    INTEGER,
    claimed_at        INTEGER NOT NULL,
    connected_at      INTEGER,
    state_at          INTEGER NOT NULL,
    ended_at          INTEGER,
    end_reason        TEXT
) STRICT;

-- One live session per persona: a claim is this insert.
CREATE UNIQUE INDEX session_live ON session (persona_id) WHERE ended_at IS NULL;
CREATE INDEX session_by_persona ON session (persona_id, id);

CREATE TABLE message (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    uid        TEXT    NOT NULL UNIQUE,
    persona_id INTEGER NOT NULL REFERENCES persona (id),
    session_id INTEGER REFERENCES session (id),
    call_id    TEXT,
    to_room    INTEGER NOT NULL,
    text       TEXT    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- A call that is sent again finds what it has done already.
CREATE UNIQUE INDEX message_by_call ON message (session_id, call_id) WHERE call_id IS NOT NULL;

CREATE TABLE delivery (
    persona_id      INTEGER NOT NULL REFERENCES persona (id),
    message_id      INTEGER NOT NULL REFERENCES message (id),
    offers          INTEGER NOT NULL DEFAULT 0,
    offered_at      INTEGER,
    offered_session INTEGER,
    offered_call    TEXT,
    received_at     INTEGER,
    PRIMARY KEY (persona_id, message_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX delivery_inbox ON delivery (persona_id, message_id) WHERE received_at IS NULL;
CREATE INDEX delivery_by_message ON delivery (message_id);
CREATE INDEX delivery_by_call ON delivery (offered_session, offered_call) WHERE offered_call IS NOT NULL;

CREATE TABLE memory (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    uid          TEXT    NOT NULL UNIQUE,
    persona_id   INTEGER NOT NULL REFERENCES persona (id),
    session_id   INTEGER REFERENCES session (id),
    call_id      TEXT,
    kind         TEXT    NOT NULL,
    scope        TEXT    NOT NULL,
    importance   INTEGER NOT NULL,
    tags         TEXT    NOT NULL,
    content      TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    forgotten_at INTEGER
) STRICT;

CREATE UNIQUE INDEX memory_by_call ON memory (session_id, call_id) WHERE call_id IS NOT NULL;

-- Contentless: the text lives in memory, the index is written and deleted with it. secure-delete takes the words of a
-- deleted row out of the index at once instead of marking them as gone.
CREATE VIRTUAL TABLE memory_index USING fts5 (
    content, about, content = '', tokenize = 'porter unicode61 remove_diacritics 2'
);
INSERT INTO memory_index (memory_index, rank) VALUES ('secure-delete', 1);
