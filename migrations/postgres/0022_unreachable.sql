-- When a mail was first to leave: what waits for the morning is not late. Its age is counted from then.
ALTER TABLE outbox ADD COLUMN ready_at TIMESTAMPTZ NOT NULL DEFAULT 'epoch';
UPDATE outbox SET ready_at = created_at;

-- Territories of which nobody could be reached by mail, and since when: a task of the facilitators' for as long as it has
-- no address that takes mails.
CREATE TABLE unreachable_territory (
    territory UUID NOT NULL PRIMARY KEY REFERENCES territory (id),
    since TIMESTAMPTZ NOT NULL
);
