-- What reached whom: the same items as the mails. `cause` is the mail's; `reader` is whom it would go to, as a key of the
-- outbox. Ids only, never texts.
CREATE TABLE notification (
    id UUID NOT NULL PRIMARY KEY,
    person UUID NOT NULL REFERENCES person (id),
    cause TEXT NOT NULL,
    event BIGINT NOT NULL,
    letter TEXT NOT NULL,
    category TEXT NOT NULL,
    reader TEXT NOT NULL,
    data JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    read_at TIMESTAMPTZ,
    UNIQUE (person, cause)
);
CREATE INDEX notification_by_person ON notification (person, created_at DESC, id DESC);
CREATE INDEX notification_by_category ON notification (person, category, event);
CREATE INDEX notification_unread ON notification (person) WHERE read_at IS NULL;
CREATE INDEX notification_by_age ON notification (created_at);

-- How somebody wants to be told of a kind of event; no frequency: as usual. `told_through` is the number of the last event
-- that a digest has told; what came later waits while there is a `due_at`, the time of the next digest. `was`: what the
-- frequency was before a link in a mail switched it off.
CREATE TABLE notification_preference (
    person UUID NOT NULL REFERENCES person (id),
    category TEXT NOT NULL,
    frequency TEXT CHECK (frequency IN ('AT_ONCE', 'DAILY', 'WEEKLY', 'OFF')),
    was TEXT CHECK (was IN ('AT_ONCE', 'DAILY', 'WEEKLY')),
    told_through BIGINT NOT NULL,
    due_at TIMESTAMPTZ,
    PRIMARY KEY (person, category)
);
CREATE INDEX notification_preference_due ON notification_preference (due_at) WHERE due_at IS NOT NULL;

-- Quiet hours, as minutes from midnight on Italy's clocks: both or none.
ALTER TABLE person ADD COLUMN quiet_from BIGINT;
ALTER TABLE person ADD COLUMN quiet_until BIGINT;
ALTER TABLE person ADD COLUMN weekends_off BOOLEAN NOT NULL DEFAULT FALSE;

-- Mailboxes without an account that want no mails of a kind.
CREATE TABLE mail_optout (
    recipient TEXT NOT NULL,
    category TEXT NOT NULL,
    since TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (recipient, category)
);

-- Keys that the hub signs links with.
CREATE TABLE signing_key (
    name TEXT NOT NULL PRIMARY KEY,
    key BYTEA NOT NULL
);
