-- Replication requests, what happened to them, and by when somebody has to act.
CREATE TABLE replication_request (
    id UUID NOT NULL PRIMARY KEY,
    number TEXT COLLATE "C" NOT NULL UNIQUE,
    practice UUID NOT NULL REFERENCES practice (id),
    requester UUID NOT NULL REFERENCES territory (id),
    owner UUID NOT NULL REFERENCES territory (id),
    author UUID REFERENCES person (id),
    state TEXT NOT NULL CHECK (state IN ('DRAFT', 'SENT', 'ACKNOWLEDGED', 'ACCEPTED', 'IN_PROGRESS', 'COMPLETED', 'DECLINED', 'WITHDRAWN', 'EXPIRED', 'INTERRUPTED')),
    state_since TIMESTAMPTZ NOT NULL,
    awaiting TEXT NOT NULL CHECK (awaiting IN ('OWNER', 'REQUESTER', 'NOBODY')),
    awaiting_since TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    support_level TEXT CHECK (support_level IN ('DOCUMENTS', 'MENTORING', 'FULL')),
    need TEXT NOT NULL DEFAULT '',
    kit_wanted JSONB NOT NULL,
    wished_start TEXT,
    mentor UUID REFERENCES contact_person (id),
    first_date TEXT,
    agreement JSONB,
    started_on TEXT,
    checked_in_at TIMESTAMPTZ,
    paused_until TEXT,
    extended_days BIGINT NOT NULL DEFAULT 0,
    outcome JSONB,
    confirmation JSONB,
    follow_ups JSONB NOT NULL,
    copy UUID REFERENCES practice (id),
    illustrative BOOLEAN NOT NULL DEFAULT FALSE,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    sent_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX replication_request_one_open ON replication_request (practice, requester)
    WHERE state IN ('DRAFT', 'SENT', 'ACKNOWLEDGED', 'ACCEPTED', 'IN_PROGRESS');
CREATE INDEX replication_request_by_requester ON replication_request (requester, updated_at DESC, id DESC);
CREATE INDEX replication_request_by_owner ON replication_request (owner, updated_at DESC, id DESC);
CREATE INDEX replication_request_by_practice ON replication_request (practice, updated_at DESC, id DESC);
CREATE INDEX replication_request_by_update ON replication_request (updated_at DESC, id DESC);

-- The last number given in each year.
CREATE TABLE request_number (
    year BIGINT NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL
);

CREATE TABLE request_event (
    request UUID NOT NULL REFERENCES replication_request (id),
    version BIGINT NOT NULL,
    step TEXT NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    party TEXT NOT NULL CHECK (party IN ('REQUESTER', 'OWNER', 'FACILITATOR', 'STEWARD', 'SYSTEM')),
    person UUID REFERENCES person (id),
    at TIMESTAMPTZ NOT NULL,
    reason TEXT,
    text TEXT NOT NULL DEFAULT '',
    data JSONB NOT NULL,
    PRIMARY KEY (request, version)
);

CREATE TABLE request_deadline (
    request UUID NOT NULL REFERENCES replication_request (id),
    kind TEXT NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    party TEXT NOT NULL,
    PRIMARY KEY (request, kind, due_at)
);
CREATE INDEX request_deadline_by_due ON request_deadline (due_at);
