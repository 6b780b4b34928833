-- How much of a persona's mail is unread, and how much of that was said to it by name. Counting it would cost as much as
-- there is, and a persona that is away gathers all that the room says. The triggers alone write it.
CREATE TABLE inbox (
    persona_id INTEGER PRIMARY KEY REFERENCES persona (id),
    unread     INTEGER NOT NULL,
    direct     INTEGER NOT NULL
) STRICT;

INSERT INTO inbox (persona_id, unread, direct)
SELECT d.persona_id, count(*), sum(NOT m.to_room)
FROM delivery d JOIN message m ON m.id = d.message_id
WHERE d.received_at IS NULL
GROUP BY d.persona_id;

CREATE TRIGGER delivery_added AFTER INSERT ON delivery WHEN new.received_at IS NULL
BEGIN
    INSERT INTO inbox (persona_id, unread, direct)
    VALUES (new.persona_id, 1, (SELECT NOT to_room FROM message WHERE id = new.message_id))
    ON CONFLICT (persona_id) DO UPDATE SET unread = unread + 1, direct = direct + excluded.direct;
END;

CREATE TRIGGER delivery_received AFTER UPDATE OF received_at ON delivery
WHEN old.received_at IS NULL AND new.received_at IS NOT NULL
BEGIN
    UPDATE inbox
    SET unread = unread - 1, direct = direct - (SELECT NOT to_room FROM message WHERE id = new.message_id)
    WHERE persona_id = new.persona_id;
END;

CREATE TRIGGER delivery_removed AFTER DELETE ON delivery WHEN old.received_at IS NULL
BEGIN
    UPDATE inbox
    SET unread = unread - 1, direct = direct - (SELECT NOT to_room FROM message WHERE id = old.message_id)
    WHERE persona_id = old.persona_id;
END;

-- The newest of a persona's, and of the room's, without passing over those of others.
CREATE INDEX message_by_persona ON message (persona_id);
CREATE INDEX message_to_room ON message (id) WHERE to_room;
