-- When a persona was first here: a person when it first did something, a session's when its client first connected. Null for
-- one that is an author only: imported, removed, or of a start that failed. What is said to the room goes to those who
-- are here and not retired, and to those whose session starts.
ALTER TABLE persona ADD COLUMN here_at INTEGER;
ALTER TABLE persona ADD COLUMN retired_at INTEGER;

-- Until now nothing tells a start that failed from a session; nobody may lose mail.
UPDATE persona SET here_at = created_at
WHERE human
    OR EXISTS (SELECT 1 FROM session s WHERE s.persona_id = persona.id)
    OR EXISTS (SELECT 1 FROM message m WHERE m.persona_id = persona.id);

-- What the others have gathered meanwhile, which nobody would ever read, and which kept it from being deleted.
DELETE FROM delivery
WHERE received_at IS NULL AND persona_id IN (SELECT id FROM persona WHERE here_at IS NULL)
    AND message_id IN (SELECT id FROM message WHERE to_room);
