-- How often and when sessions have found a memory, at most once a day each, and when a person has said that it is right. It is
-- a table of its own, because a row of memory may be long.
CREATE TABLE memory_use (
    memory_id      INTEGER PRIMARY KEY REFERENCES memory (id),
    found          INTEGER NOT NULL DEFAULT 0,
    first_found_at INTEGER,
    found_at       INTEGER,
    reviewed_at    INTEGER
) STRICT;
CREATE INDEX memory_use_first ON memory_use (first_found_at) WHERE first_found_at IS NOT NULL;
