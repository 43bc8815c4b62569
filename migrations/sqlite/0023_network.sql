-- The network, counted while it happens: what a question about it costs depends on how many territories and months there
-- are, not on how many requests.

-- As what each request is counted, so that a step takes it from where it was and puts it where it is now. Month and field
-- are those of the first sending, whatever becomes of the practice. A month is years times twelve plus months, from 0.
CREATE TABLE network_request (
    request BLOB NOT NULL PRIMARY KEY REFERENCES replication_request (id),
    requester BLOB NOT NULL,
    owner BLOB NOT NULL,
    month INTEGER NOT NULL,
    field TEXT NOT NULL,
    state TEXT NOT NULL,
    answered_days INTEGER,
    messages INTEGER NOT NULL,
    replicated INTEGER NOT NULL,
    illustrative INTEGER NOT NULL,
    vitality_6 TEXT,
    vitality_12 TEXT
) STRICT;

-- Copies that no request brought, as they are counted.
CREATE TABLE network_copy (
    child BLOB NOT NULL,
    parent BLOB NOT NULL,
    requester BLOB NOT NULL,
    owner BLOB NOT NULL,
    month INTEGER NOT NULL,
    field TEXT NOT NULL,
    illustrative INTEGER NOT NULL,
    PRIMARY KEY (child, parent)
) STRICT;

-- What passed between two territories. Month 0 is all months, field '' is all fields.
CREATE TABLE network_exchange (
    month INTEGER NOT NULL,
    field TEXT NOT NULL,
    requester BLOB NOT NULL,
    owner BLOB NOT NULL,
    sent INTEGER NOT NULL DEFAULT 0,
    acknowledged INTEGER NOT NULL DEFAULT 0,
    accepted INTEGER NOT NULL DEFAULT 0,
    in_progress INTEGER NOT NULL DEFAULT 0,
    completed INTEGER NOT NULL DEFAULT 0,
    declined INTEGER NOT NULL DEFAULT 0,
    withdrawn INTEGER NOT NULL DEFAULT 0,
    expired INTEGER NOT NULL DEFAULT 0,
    interrupted INTEGER NOT NULL DEFAULT 0,
    replications INTEGER NOT NULL DEFAULT 0,
    messages INTEGER NOT NULL DEFAULT 0,
    illustrative INTEGER NOT NULL DEFAULT 0,
    known_6 INTEGER NOT NULL DEFAULT 0,
    running_6 INTEGER NOT NULL DEFAULT 0,
    known_12 INTEGER NOT NULL DEFAULT 0,
    running_12 INTEGER NOT NULL DEFAULT 0,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (field, month, requester, owner)
) STRICT;

-- After how many days the owner said yes or no, and how often.
CREATE TABLE network_answer (
    month INTEGER NOT NULL,
    field TEXT NOT NULL,
    requester BLOB NOT NULL,
    owner BLOB NOT NULL,
    days INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (field, month, requester, owner, days)
) STRICT;

-- The same by the owner's province instead of the two territories, for series of months.
CREATE TABLE network_month (
    month INTEGER NOT NULL,
    field TEXT NOT NULL,
    province TEXT NOT NULL,
    sent INTEGER NOT NULL DEFAULT 0,
    acknowledged INTEGER NOT NULL DEFAULT 0,
    accepted INTEGER NOT NULL DEFAULT 0,
    in_progress INTEGER NOT NULL DEFAULT 0,
    completed INTEGER NOT NULL DEFAULT 0,
    declined INTEGER NOT NULL DEFAULT 0,
    withdrawn INTEGER NOT NULL DEFAULT 0,
    expired INTEGER NOT NULL DEFAULT 0,
    interrupted INTEGER NOT NULL DEFAULT 0,
    replications INTEGER NOT NULL DEFAULT 0,
    messages INTEGER NOT NULL DEFAULT 0,
    illustrative INTEGER NOT NULL DEFAULT 0,
    known_6 INTEGER NOT NULL DEFAULT 0,
    running_6 INTEGER NOT NULL DEFAULT 0,
    known_12 INTEGER NOT NULL DEFAULT 0,
    running_12 INTEGER NOT NULL DEFAULT 0,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (month, field, province)
) STRICT;

CREATE TABLE network_month_answer (
    month INTEGER NOT NULL,
    field TEXT NOT NULL,
    province TEXT NOT NULL,
    days INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (month, field, province, days)
) STRICT;
