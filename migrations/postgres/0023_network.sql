-- The network, counted while it happens: what a question about it costs depends on how many territories and months there
-- are, not on how many requests.

-- As what each request is counted, so that a step takes it from where it was and puts it where it is now. Month and field
-- are those of the first sending, whatever becomes of the practice. A month is years times twelve plus months, from 0.
CREATE TABLE network_request (
    request UUID NOT NULL PRIMARY KEY REFERENCES replication_request (id),
    requester UUID NOT NULL,
    owner UUID NOT NULL,
    month BIGINT NOT NULL,
    field TEXT NOT NULL,
    state TEXT NOT NULL,
    answered_days BIGINT,
    messages BIGINT NOT NULL,
    replicated BOOLEAN NOT NULL,
    illustrative BOOLEAN NOT NULL,
    vitality_6 TEXT,
    vitality_12 TEXT
);

-- Copies that no request brought, as they are counted.
CREATE TABLE network_copy (
    child UUID NOT NULL,
    parent UUID NOT NULL,
    requester UUID NOT NULL,
    owner UUID NOT NULL,
    month BIGINT NOT NULL,
    field TEXT NOT NULL,
    illustrative BOOLEAN NOT NULL,
    PRIMARY KEY (child, parent)
);

-- What passed between two territories. Month 0 is all months, field '' is all fields.
CREATE TABLE network_exchange (
    month BIGINT NOT NULL,
    field TEXT NOT NULL,
    requester UUID NOT NULL,
    owner UUID NOT NULL,
    sent BIGINT NOT NULL DEFAULT 0,
    acknowledged BIGINT NOT NULL DEFAULT 0,
    accepted BIGINT NOT NULL DEFAULT 0,
    in_progress BIGINT NOT NULL DEFAULT 0,
    completed BIGINT NOT NULL DEFAULT 0,
    declined BIGINT NOT NULL DEFAULT 0,
    withdrawn BIGINT NOT NULL DEFAULT 0,
    expired BIGINT NOT NULL DEFAULT 0,
    interrupted BIGINT NOT NULL DEFAULT 0,
    replications BIGINT NOT NULL DEFAULT 0,
    messages BIGINT NOT NULL DEFAULT 0,
    illustrative BIGINT NOT NULL DEFAULT 0,
    known_6 BIGINT NOT NULL DEFAULT 0,
    running_6 BIGINT NOT NULL DEFAULT 0,
    known_12 BIGINT NOT NULL DEFAULT 0,
    running_12 BIGINT NOT NULL DEFAULT 0,
    last_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (field, month, requester, owner)
);

-- After how many days the owner said yes or no, and how often.
CREATE TABLE network_answer (
    month BIGINT NOT NULL,
    field TEXT NOT NULL,
    requester UUID NOT NULL,
    owner UUID NOT NULL,
    days BIGINT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (field, month, requester, owner, days)
);

-- The same by the owner's province instead of the two territories, for series of months.
CREATE TABLE network_month (
    month BIGINT NOT NULL,
    field TEXT NOT NULL,
    province TEXT NOT NULL,
    sent BIGINT NOT NULL DEFAULT 0,
    acknowledged BIGINT NOT NULL DEFAULT 0,
    accepted BIGINT NOT NULL DEFAULT 0,
    in_progress BIGINT NOT NULL DEFAULT 0,
    completed BIGINT NOT NULL DEFAULT 0,
    declined BIGINT NOT NULL DEFAULT 0,
    withdrawn BIGINT NOT NULL DEFAULT 0,
    expired BIGINT NOT NULL DEFAULT 0,
    interrupted BIGINT NOT NULL DEFAULT 0,
    replications BIGINT NOT NULL DEFAULT 0,
    messages BIGINT NOT NULL DEFAULT 0,
    illustrative BIGINT NOT NULL DEFAULT 0,
    known_6 BIGINT NOT NULL DEFAULT 0,
    running_6 BIGINT NOT NULL DEFAULT 0,
    known_12 BIGINT NOT NULL DEFAULT 0,
    running_12 BIGINT NOT NULL DEFAULT 0,
    last_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (month, field, province)
);

CREATE TABLE network_month_answer (
    month BIGINT NOT NULL,
    field TEXT NOT NULL,
    province TEXT NOT NULL,
    days BIGINT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (month, field, province, days)
);
