-- The talk between two territories.
CREATE TABLE conversation (
    id UUID NOT NULL PRIMARY KEY,
    subject TEXT NOT NULL,
    -- who began it, and with whom
    opened_by UUID NOT NULL REFERENCES territory (id),
    opened_to UUID NOT NULL REFERENCES territory (id),
    practice UUID REFERENCES practice (id),
    request UUID UNIQUE REFERENCES replication_request (id),
    messages_count BIGINT NOT NULL DEFAULT 0,
    created_at TIMESTAMPTZ NOT NULL,
    last_message_at TIMESTAMPTZ NOT NULL,
    CHECK (opened_by <> opened_to)
);

CREATE TABLE conversation_party (
    conversation UUID NOT NULL REFERENCES conversation (id),
    territory UUID NOT NULL REFERENCES territory (id),
    -- a copy of the conversation's, so that an inbox is one index range
    last_message_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (conversation, territory)
);
CREATE INDEX conversation_party_by_territory ON conversation_party (territory, last_message_at DESC, conversation DESC);

CREATE TABLE message (
    id UUID NOT NULL PRIMARY KEY,
    conversation UUID NOT NULL REFERENCES conversation (id),
    position BIGINT NOT NULL,
    author UUID REFERENCES person (id),
    on_behalf_of UUID NOT NULL REFERENCES territory (id),
    body TEXT NOT NULL,
    via_email BOOLEAN NOT NULL,
    sent_at TIMESTAMPTZ NOT NULL,
    retracted_at TIMESTAMPTZ,
    UNIQUE (conversation, position)
);

CREATE TABLE conversation_read (
    conversation UUID NOT NULL REFERENCES conversation (id),
    person UUID NOT NULL REFERENCES person (id),
    position BIGINT NOT NULL,
    PRIMARY KEY (conversation, person)
);
