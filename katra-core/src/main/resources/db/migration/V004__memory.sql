-- Where a memory comes from, copied from its session when it is written; null for a person. previous_id is the memory
-- that the same session wrote before it. content_hash is that of author, scope and content; only what holds now has one
-- (neither superseded nor forgotten), so that nobody has the same memory twice. confirmed_call is the call that confirmed
-- it last, as session:call.
ALTER TABLE memory ADD COLUMN provider TEXT;
ALTER TABLE memory ADD COLUMN model TEXT;
ALTER TABLE memory ADD COLUMN folder TEXT;
ALTER TABLE memory ADD COLUMN previous_id INTEGER REFERENCES memory (id);
ALTER TABLE memory ADD COLUMN supersedes INTEGER REFERENCES memory (id);
ALTER TABLE memory ADD COLUMN superseded_by INTEGER REFERENCES memory (id);
ALTER TABLE memory ADD COLUMN confirmations INTEGER NOT NULL DEFAULT 0;
ALTER TABLE memory ADD COLUMN confirmed_at INTEGER;
ALTER TABLE memory ADD COLUMN confirmed_call TEXT;
ALTER TABLE memory ADD COLUMN content_hash TEXT;

CREATE INDEX memory_by_session ON memory (session_id, id) WHERE session_id IS NOT NULL;
CREATE UNIQUE INDEX memory_by_content ON memory (content_hash) WHERE content_hash IS NOT NULL;

UPDATE memory SET
    provider = (SELECT s.provider FROM session s WHERE s.id = memory.session_id),
    model = (SELECT s.model FROM session s WHERE s.id = memory.session_id),
    folder = (SELECT s.folder FROM session s WHERE s.id = memory.session_id),
    previous_id = (SELECT max(m.id) FROM memory m WHERE m.session_id = memory.session_id AND m.id < memory.id)
WHERE session_id IS NOT NULL;

CREATE INDEX memory_by_previous ON memory (previous_id) WHERE previous_id IS NOT NULL;
CREATE INDEX memory_by_superseded ON memory (supersedes) WHERE supersedes IS NOT NULL;
-- For the few that a session is told at its start: of what holds now.
CREATE INDEX memory_by_author ON memory (persona_id, id) WHERE superseded_by IS NULL AND forgotten_at IS NULL;
CREATE INDEX memory_by_folder ON memory (folder, id)
    WHERE folder IS NOT NULL AND superseded_by IS NULL AND forgotten_at IS NULL;
CREATE INDEX memory_important ON memory (importance, id)
    WHERE importance > 3 AND superseded_by IS NULL AND forgotten_at IS NULL;
CREATE INDEX memory_decided ON memory (id)
    WHERE kind = 'DECISION' AND superseded_by IS NULL AND forgotten_at IS NULL;
CREATE INDEX memory_confirmed ON memory (confirmations, id)
    WHERE confirmations > 0 AND superseded_by IS NULL AND forgotten_at IS NULL;

-- What a memory means, as the named embedder sees it: one signed byte per dimension.
CREATE TABLE memory_vector (
    memory_id INTEGER PRIMARY KEY REFERENCES memory (id),
    embedder  TEXT NOT NULL,
    vector    BLOB NOT NULL
) STRICT;
CREATE INDEX memory_vector_by_embedder ON memory_vector (embedder, memory_id);

-- Contentless: the text lives in memory and message, the index is written and deleted with it. secure-delete takes the
-- words of a deleted row out of the index at once instead of marking them as gone. The program cuts the texts into words
-- and forms, so the index has nothing left to do than to cut at blanks.
DROP TABLE memory_index;
CREATE VIRTUAL TABLE memory_index USING fts5 (
    content, about, code, content = '', tokenize = 'ascii tokenchars _'
);
INSERT INTO memory_index (memory_index, rank) VALUES ('secure-delete', 1);
CREATE VIRTUAL TABLE memory_word USING fts5vocab (memory_index, row);
CREATE VIRTUAL TABLE message_index USING fts5 (
    content, about, code, content = '', tokenize = 'ascii tokenchars _'
);
INSERT INTO message_index (message_index, rank) VALUES ('secure-delete', 1);
CREATE VIRTUAL TABLE message_word USING fts5vocab (message_index, row);

-- How far the program has filled an index: the rows up to filled and those over last are in it, cut by that version of
-- its analysis. Version 0 stands for none.
CREATE TABLE index_state (
    name    TEXT    PRIMARY KEY,
    version INTEGER NOT NULL,
    filled  INTEGER NOT NULL,
    last    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO index_state (name, version, filled, last) VALUES ('memory', 0, 0, 0), ('message', 0, 0, 0);
