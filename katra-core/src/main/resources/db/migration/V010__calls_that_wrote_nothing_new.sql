-- Tool calls that remembered what was there already, or changed a memory into what it was. Claude Code sends a call again
-- after a lost connection, also when others have confirmed or changed the memory since: what it has done stands here for
-- good. A call that wrote a memory stands with that (memory.call_id).
CREATE TABLE memory_call (
    session_id INTEGER NOT NULL REFERENCES session (id),
    call_id    TEXT    NOT NULL,
    memory_id  INTEGER NOT NULL REFERENCES memory (id),
    PRIMARY KEY (session_id, call_id)
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO memory_call (session_id, call_id, memory_id)
SELECT s.id, substr(m.confirmed_call, instr(m.confirmed_call, ':') + 1), m.id
FROM memory m JOIN session s ON s.id = CAST(substr(m.confirmed_call, 1, instr(m.confirmed_call, ':') - 1) AS INTEGER)
WHERE m.confirmed_call IS NOT NULL;

ALTER TABLE memory DROP COLUMN confirmed_call;
