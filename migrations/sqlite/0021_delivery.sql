-- What a mail is about, for whom wrote it to see what became of it: a message, or a request and the version that its step
-- gave it. `domain` is the recipient's, as it was when the mail was planned. `withheld`: why somebody who should read
-- it was not written to.
ALTER TABLE outbox ADD COLUMN domain TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN about BLOB;
ALTER TABLE outbox ADD COLUMN step INTEGER;
ALTER TABLE outbox ADD COLUMN withheld TEXT CHECK (withheld IN ('COMES_BACK', 'PEC'));
UPDATE outbox SET domain = lower(substr(address, instr(address, '@') + 1)) WHERE address <> '';
UPDATE outbox SET about = unhex(replace(json_extract(data, '$.message'), '-', '')) WHERE letter = 'new_message';
UPDATE outbox SET about = unhex(replace(json_extract(data, '$.subject'), '-', '')), step = json_extract(data, '$.version')
    WHERE letter <> 'new_message' AND json_extract(data, '$.version') IS NOT NULL AND json_extract(data, '$.timer') IS NULL;
CREATE INDEX outbox_by_about ON outbox (about) WHERE about IS NOT NULL;
CREATE INDEX outbox_by_time ON outbox (created_at DESC, id DESC);
CREATE INDEX outbox_by_state ON outbox (state, created_at DESC, id DESC);

-- The queue is read by due time, passing over domains that rest.
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (due_at, id, domain) WHERE state IN ('QUEUED', 'SENDING', 'UNSURE');
CREATE INDEX outbox_sending ON outbox (domain) WHERE state = 'SENDING';

-- Domains whose servers would not take a mail just now, so many times in a row: none is tried there before.
CREATE TABLE mail_domain (
    domain TEXT NOT NULL PRIMARY KEY,
    failures INTEGER NOT NULL,
    rests_until INTEGER NOT NULL
) STRICT;

-- One row, locked by whoever takes mails out of the queue: two at once would count each other's wrongly.
CREATE TABLE mail_turn (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1)
) STRICT;
INSERT INTO mail_turn (one) VALUES (1);
