-- Replication requests, what happened to them, and by when somebody has to act.
CREATE TABLE replication_request (
    id BLOB NOT NULL PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    practice BLOB NOT NULL REFERENCES practice (id),
    requester BLOB NOT NULL REFERENCES territory (id),
    owner BLOB NOT NULL REFERENCES territory (id),
    author BLOB REFERENCES person (id),
    state TEXT NOT NULL CHECK (state IN ('DRAFT', 'SENT', 'ACKNOWLEDGED', 'ACCEPTED', 'IN_PROGRESS', 'COMPLETED', 'DECLINED', 'WITHDRAWN', 'EXPIRED', 'INTERRUPTED')),
    state_since INTEGER NOT NULL,
    awaiting TEXT NOT NULL CHECK (awaiting IN ('OWNER', 'REQUESTER', 'NOBODY')),
    awaiting_since INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    support_level TEXT CHECK (support_level IN ('DOCUMENTS', 'MENTORING', 'FULL')),
    need TEXT NOT NULL DEFAULT '',
    kit_wanted TEXT NOT NULL,
    wished_start TEXT,
    mentor BLOB REFERENCES contact_person (id),
    first_date TEXT,
    agreement TEXT,
    started_on TEXT,
    checked_in_at INTEGER,
    paused_until TEXT,
    extended_days INTEGER NOT NULL DEFAULT 0,
    outcome TEXT,
    confirmation TEXT,
    follow_ups TEXT NOT NULL,
    copy BLOB REFERENCES practice (id),
    illustrative INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    sent_at INTEGER
) STRICT;
CREATE UNIQUE INDEX replication_request_one_open ON replication_request (practice, requester)
    WHERE state IN ('DRAFT', 'SENT', 'ACKNOWLEDGED', 'ACCEPTED', 'IN_PROGRESS');
CREATE INDEX replication_request_by_requester ON replication_request (requester, updated_at DESC, id DESC);
CREATE INDEX replication_request_by_owner ON replication_request (owner, updated_at DESC, id DESC);
CREATE INDEX replication_request_by_practice ON replication_request (practice, updated_at DESC, id DESC);
CREATE INDEX replication_request_by_update ON replication_request (updated_at DESC, id DESC);

-- The last number given in each year.
CREATE TABLE request_number (
    year INTEGER NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;

CREATE TABLE request_event (
    request BLOB NOT NULL REFERENCES replication_request (id),
    version INTEGER NOT NULL,
    step TEXT NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    party TEXT NOT NULL CHECK (party IN ('REQUESTER', 'OWNER', 'FACILITATOR', 'STEWARD', 'SYSTEM')),
    person BLOB REFERENCES person (id),
    at INTEGER NOT NULL,
    reason TEXT,
    text TEXT NOT NULL DEFAULT '',
    data TEXT NOT NULL,
    PRIMARY KEY (request, version)
) STRICT;

CREATE TABLE request_deadline (
    request BLOB NOT NULL REFERENCES replication_request (id),
    kind TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    party TEXT NOT NULL,
    PRIMARY KEY (request, kind, due_at)
) STRICT;
CREATE INDEX request_deadline_by_due ON request_deadline (due_at);
