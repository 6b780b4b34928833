-- Which rows are partly out of an index: a long text leaves it in several writes, so that others can write in between. parts
-- says how many of its parts are out. A row here outlives its removal only if the server was killed meanwhile; the next
-- start puts the text back, and who wanted it out takes it out again.
CREATE TABLE index_removal (
    name  TEXT    NOT NULL,
    id    INTEGER NOT NULL,
    parts INTEGER NOT NULL,
    PRIMARY KEY (name, id)
) STRICT, WITHOUT ROWID;

-- FTS5 gathers what it is told until the commit, which others wait for. With less to gather (bytes, instead of a megabyte) it
-- writes within the slices of a long write, which look at the time.
INSERT INTO memory_index (memory_index, rank) VALUES ('hashsize', 65536);
INSERT INTO message_index (message_index, rank) VALUES ('hashsize', 65536);
