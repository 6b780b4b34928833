-- What was asked in a turn of a session and what was answered last, kept apart from memories. prompt is null if no person
-- asked, answer as long as there is none; both are cut, and secrets masked, before they come here. conversation and prompt_id
-- are the client's own ids, so that a transcript which is read later has the same. handover is 1 for what a compaction left of
-- a conversation. team is 1 if every persona may find it. ended_at is null as long as the turn runs: only what has ended is in
-- the index. bytes is the size of both texts.
CREATE TABLE turn (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    uid          TEXT    NOT NULL UNIQUE,
    persona_id   INTEGER NOT NULL REFERENCES persona (id),
    session_id   INTEGER REFERENCES session (id),
    conversation TEXT    NOT NULL,
    prompt_id    TEXT    NOT NULL,
    handover     INTEGER NOT NULL,
    team         INTEGER NOT NULL,
    begun_at     INTEGER NOT NULL,
    ended_at     INTEGER,
    bytes        INTEGER NOT NULL,
    folder       TEXT,
    prompt       TEXT,
    answer       TEXT
) STRICT;

CREATE UNIQUE INDEX turn_by_prompt ON turn (persona_id, conversation, prompt_id, handover);
CREATE INDEX turn_by_time ON turn (begun_at, id, bytes);
CREATE INDEX turn_by_persona ON turn (persona_id, begun_at);
CREATE INDEX turn_open ON turn (session_id) WHERE ended_at IS NULL;

-- As memory_index and message_index.
CREATE VIRTUAL TABLE turn_index USING fts5 (
    content, about, code, content = '', tokenize = 'ascii tokenchars _'
);
INSERT INTO turn_index (turn_index, rank) VALUES ('secure-delete', 1);
INSERT INTO turn_index (turn_index, rank) VALUES ('hashsize', 65536);
CREATE VIRTUAL TABLE turn_word USING fts5vocab (turn_index, row);
INSERT INTO index_state (name, version, filled, last) VALUES ('turn', 0, 0, 0);
