-- Besides the last event's number: the last number that changed what everybody may read, and the last that changed the
-- lists kept in memory. Both are at most `seq`.
ALTER TABLE log_head ADD COLUMN public_seq BIGINT NOT NULL DEFAULT 0;
ALTER TABLE log_head ADD COLUMN lists_seq BIGINT NOT NULL DEFAULT 0;
UPDATE log_head SET public_seq = seq, lists_seq = seq;
