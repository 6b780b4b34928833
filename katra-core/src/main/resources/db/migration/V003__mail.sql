ALTER TABLE message ADD COLUMN reply_to INTEGER REFERENCES message (id);
CREATE INDEX message_replies ON message (reply_to) WHERE reply_to IS NOT NULL;

-- What was handed to a session and is not proved received. through is the id of the tool call whose answer it was in, or
-- of the prompt that it was added to. A row goes when its fate is known; delivery says how often and when, and outlives it.
CREATE TABLE offer (
    session_id  INTEGER NOT NULL REFERENCES session (id),
    through     TEXT    NOT NULL,
    message_id  INTEGER NOT NULL REFERENCES message (id),
    redelivered INTEGER NOT NULL,
    PRIMARY KEY (session_id, through, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX offer_by_message ON offer (message_id);

DROP INDEX delivery_by_call;
ALTER TABLE delivery DROP COLUMN offered_session;
ALTER TABLE delivery DROP COLUMN offered_call;

-- Which mail wakes the session when it is idle: DIRECT, ALL or NEVER.
ALTER TABLE session ADD COLUMN wake TEXT NOT NULL DEFAULT 'DIRECT';

-- The turns that Katra has started by itself since a person last wrote.
CREATE TABLE automatic_turn (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    session_id INTEGER NOT NULL REFERENCES session (id),
    started_at INTEGER NOT NULL
) STRICT;
CREATE INDEX automatic_turn_by_session ON automatic_turn (session_id, started_at);
