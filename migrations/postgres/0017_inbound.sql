-- Answers by mail. The key that signs the addresses to answer to: made once, by whichever instance needs it first.
CREATE TABLE mail_key (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    secret BYTEA NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

-- Which instance watches the mailbox, and until when. Only a politeness towards the mail server: that no mail is taken
-- twice is the next table's business.
CREATE TABLE inbox_lease (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    holder TEXT NOT NULL,
    held_until TIMESTAMPTZ NOT NULL
);

-- Every mail that came and was dealt with, written in the transaction that dealt with it. `fingerprint` is the SHA-256 of
-- its Message-ID (of the whole mail where it has none), `place` is UIDVALIDITY and UID, `sender` the SHA-256 of the
-- address it says it is from: counted, and never read. `mail` is the mail of ours that it answers or brings back.
CREATE TABLE inbound_mail (
    id UUID NOT NULL PRIMARY KEY,
    fingerprint BYTEA NOT NULL UNIQUE,
    place TEXT NOT NULL,
    sender BYTEA NOT NULL,
    kind TEXT NOT NULL,
    outcome TEXT NOT NULL,
    mail UUID,
    message UUID REFERENCES message (id),
    told_at TIMESTAMPTZ,
    received_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX inbound_mail_by_place ON inbound_mail (place);
CREATE INDEX inbound_mail_by_sender ON inbound_mail (sender, received_at);
CREATE INDEX inbound_mail_by_age ON inbound_mail (received_at);
