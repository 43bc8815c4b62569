-- The talk between two territories.
CREATE TABLE conversation (
    id BLOB NOT NULL PRIMARY KEY,
    subject TEXT NOT NULL,
    -- who began it, and with whom
    opened_by BLOB NOT NULL REFERENCES territory (id),
    opened_to BLOB NOT NULL REFERENCES territory (id),
    practice BLOB REFERENCES practice (id),
    request BLOB UNIQUE REFERENCES replication_request (id),
    messages_count INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    last_message_at INTEGER NOT NULL,
    CHECK (opened_by <> opened_to)
) STRICT;

CREATE TABLE conversation_party (
    conversation BLOB NOT NULL REFERENCES conversation (id),
    territory BLOB NOT NULL REFERENCES territory (id),
    -- a copy of the conversation's, so that an inbox is one index range
    last_message_at INTEGER NOT NULL,
    PRIMARY KEY (conversation, territory)
) STRICT;
CREATE INDEX conversation_party_by_territory ON conversation_party (territory, last_message_at DESC, conversation DESC);

CREATE TABLE message (
    id BLOB NOT NULL PRIMARY KEY,
    conversation BLOB NOT NULL REFERENCES conversation (id),
    position INTEGER NOT NULL,
    author BLOB REFERENCES person (id),
    on_behalf_of BLOB NOT NULL REFERENCES territory (id),
    body TEXT NOT NULL,
    via_email INTEGER NOT NULL,
    sent_at INTEGER NOT NULL,
    retracted_at INTEGER,
    UNIQUE (conversation, position)
) STRICT;

CREATE TABLE conversation_read (
    conversation BLOB NOT NULL REFERENCES conversation (id),
    person BLOB NOT NULL REFERENCES person (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (conversation, person)
) STRICT;
