-- Words of the field that mean the same, and acronyms with what they stand for: whoever looks for `word` finds what has
-- `meaning`, and the other way round where it holds both ways.
CREATE TABLE synonym (
    word TEXT NOT NULL,
    meaning TEXT NOT NULL,
    both_ways INTEGER NOT NULL CHECK (both_ways IN (0, 1)),
    PRIMARY KEY (word, meaning)
) STRICT;
