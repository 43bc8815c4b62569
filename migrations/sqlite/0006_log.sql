-- The numbered event log, who has followed it how far, and the mails that came of it.
CREATE TABLE log_head (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    seq INTEGER NOT NULL
) STRICT;
INSERT INTO log_head (one, seq) VALUES (1, 0);

CREATE TABLE event (
    seq INTEGER NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subject BLOB NOT NULL,
    actor BLOB,
    data TEXT NOT NULL
) STRICT;
CREATE INDEX event_by_subject ON event (subject, seq);

CREATE TABLE follower (
    name TEXT NOT NULL PRIMARY KEY,
    seq INTEGER NOT NULL
) STRICT;

-- `cause` is `event:<seq>` or `challenge:<id>`: one mail for each cause, recipient and channel, whoever plans it.
-- `secret` is what must not be kept (a sign-in code): wiped when the mail leaves the queue.
CREATE TABLE outbox (
    id BLOB NOT NULL PRIMARY KEY,
    cause TEXT NOT NULL,
    recipient TEXT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('EMAIL')),
    letter TEXT NOT NULL,
    address TEXT NOT NULL,
    name TEXT,
    language TEXT NOT NULL CHECK (language IN ('it', 'en')),
    data TEXT NOT NULL,
    secret TEXT,
    message_id TEXT NOT NULL UNIQUE,
    thread TEXT,
    state TEXT NOT NULL CHECK (state IN ('QUEUED', 'SENDING', 'SENT', 'UNSURE', 'FAILED', 'SUPPRESSED')),
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL,
    claimed_by TEXT,
    claimed_until INTEGER,
    reason TEXT,
    created_at INTEGER NOT NULL,
    sent_at INTEGER,
    UNIQUE (cause, recipient, channel)
) STRICT;
CREATE INDEX outbox_due ON outbox (due_at, id) WHERE state IN ('QUEUED', 'SENDING', 'UNSURE');
