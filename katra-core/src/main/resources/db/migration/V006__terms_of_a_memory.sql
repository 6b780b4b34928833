-- The hashes of the terms that the index holds of a memory, for the ranking: integers of four bytes, the lowest byte first.
-- The first two say where the words of its content end, and where what stands around it does. Null while it waits to be
-- indexed, and once it is forgotten.
ALTER TABLE memory ADD COLUMN terms BLOB;
