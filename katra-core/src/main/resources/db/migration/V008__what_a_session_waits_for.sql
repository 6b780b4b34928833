-- What is on the screen of a session that waits for a person, and how the provider refused its last turn, until one ends well.
ALTER TABLE session ADD COLUMN dialog TEXT;
ALTER TABLE session ADD COLUMN last_error TEXT;

-- What tells the session's process from a later one with the same pid, whatever is done to the clock; null where only
-- pid_started_at is known, as older versions wrote it.
ALTER TABLE session ADD COLUMN pid_mark TEXT;

-- The folder in which the client keeps its configuration, its conversations and what it is doing.
ALTER TABLE session ADD COLUMN client_folder TEXT;

-- The conversations of a session besides its current one, which the session itself names: /clear begins another, and the
-- client's own /resume goes on with one.
CREATE TABLE left_conversation (
    session_id        INTEGER NOT NULL REFERENCES session (id),
    claude_session_id TEXT    NOT NULL,
    left_at           INTEGER NOT NULL,
    PRIMARY KEY (session_id, claude_session_id)
) STRICT, WITHOUT ROWID;
