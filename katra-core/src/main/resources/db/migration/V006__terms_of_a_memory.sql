-- The hashes of the terms that the index holds of a memory, for the ranking: integers of four bytes, the lowest byte first.
-- The first two say where the words of its content end, and where what stands around it does. Null until it is indexed for
-- the first time, and once it is forgotten. While the index is filled anew it may be what an earlier version wrote.
ALTER TABLE memory ADD COLUMN terms BLOB;
