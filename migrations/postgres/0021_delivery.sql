-- What a mail is about, for whom wrote it to see what became of it: a message, or a request and the version that its step
-- gave it. `domain` is the recipient's, as it was when the mail was planned. `withheld`: why somebody who should read
-- it was not written to.
ALTER TABLE outbox ADD COLUMN domain TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN about UUID;
ALTER TABLE outbox ADD COLUMN step BIGINT;
ALTER TABLE outbox ADD COLUMN withheld TEXT CHECK (withheld IN ('COMES_BACK', 'PEC'));
UPDATE outbox SET domain = lower(split_part(address, '@', 2)) WHERE address <> '';
UPDATE outbox SET about = (data ->> 'message')::uuid WHERE letter = 'new_message';
UPDATE outbox SET about = (data ->> 'subject')::uuid, step = (data ->> 'version')::bigint
    WHERE letter <> 'new_message' AND (data ->> 'version')::bigint IS NOT NULL AND data ->> 'timer' IS NULL;
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
    failures BIGINT NOT NULL,
    rests_until TIMESTAMPTZ NOT NULL
);

-- One row, locked by whoever takes mails out of the queue: two at once would count each other's wrongly.
CREATE TABLE mail_turn (
    one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1)
);
INSERT INTO mail_turn (one) VALUES (1);
