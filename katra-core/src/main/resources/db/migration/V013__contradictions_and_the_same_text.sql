-- Facts that somebody else holds to be wrong: memory_id is contradicted by by_id. A mark whose memories do not both hold says
-- nothing any more.
CREATE TABLE memory_contradiction (
    memory_id  INTEGER NOT NULL REFERENCES memory (id),
    by_id      INTEGER NOT NULL REFERENCES memory (id),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (memory_id, by_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX memory_contradiction_by ON memory_contradiction (by_id, memory_id);

-- The hash of author, scope and content but for case, blanks and final punctuation. content_hash stays the hash of the exact
-- content; the program fills this one, for older memories in the background.
ALTER TABLE memory ADD COLUMN same_hash TEXT;
CREATE INDEX memory_by_same ON memory (same_hash) WHERE same_hash IS NOT NULL;
CREATE INDEX memory_without_same ON memory (id) WHERE same_hash IS NULL AND content_hash IS NOT NULL;

-- Whether it came here by an import. Of the older ones those that a session has written, and none of this home.
ALTER TABLE memory ADD COLUMN imported INTEGER NOT NULL DEFAULT 0;
UPDATE memory SET imported = 1
WHERE session_id IS NULL AND forgotten_at IS NULL
    AND (provider IS NOT NULL OR persona_id IN (SELECT id FROM persona WHERE human = 0)
        OR ' ' || tags || ' ' LIKE '% claude-code %' OR ' ' || tags || ' ' LIKE '% server-memory %');
