-- People, what they are where, and how they prove it. Personal data of staff lives in `person` and nowhere else.
CREATE TABLE person (
    id UUID NOT NULL PRIMARY KEY,
    email TEXT UNIQUE,
    name TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('it', 'en')),
    created_at TIMESTAMPTZ NOT NULL,
    erased_at TIMESTAMPTZ
);

CREATE TABLE membership (
    person UUID NOT NULL REFERENCES person (id),
    territory UUID NOT NULL REFERENCES territory (id),
    role TEXT NOT NULL CHECK (role IN ('MEMBER', 'COORDINATOR')),
    since TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (person, territory)
);
CREATE INDEX membership_by_territory ON membership (territory, since, person);

CREATE TABLE staff (
    person UUID NOT NULL REFERENCES person (id),
    role TEXT NOT NULL CHECK (role IN ('FACILITATOR', 'STEWARD')),
    PRIMARY KEY (person, role)
);

CREATE TABLE invitation (
    id UUID NOT NULL PRIMARY KEY,
    territory UUID NOT NULL REFERENCES territory (id),
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('MEMBER', 'COORDINATOR')),
    invited_by UUID REFERENCES person (id),
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    accepted_at TIMESTAMPTZ,
    revoked_at TIMESTAMPTZ
);
CREATE INDEX invitation_by_email ON invitation (email, created_at);
CREATE INDEX invitation_by_territory ON invitation (territory, created_at, id);
CREATE UNIQUE INDEX invitation_pending ON invitation (territory, email) WHERE accepted_at IS NULL AND revoked_at IS NULL;

-- A sign-in code that was asked for. Neither the code nor the browser's secret is kept, only their hashes.
CREATE TABLE challenge (
    id UUID NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    network TEXT NOT NULL,
    browser_hash BYTEA NOT NULL UNIQUE,
    code_hash BYTEA NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ
);
CREATE INDEX challenge_by_email ON challenge (email, created_at);
CREATE INDEX challenge_by_network ON challenge (network, created_at);
CREATE INDEX challenge_by_age ON challenge (created_at);

-- One row, locked by whoever asks for a code: two askers at once cannot both be the last within the limit.
CREATE TABLE challenge_gate (
    one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    passed BIGINT NOT NULL
);
INSERT INTO challenge_gate (one, passed) VALUES (1, 0);

CREATE TABLE session (
    id UUID NOT NULL PRIMARY KEY,
    token_hash BYTEA NOT NULL UNIQUE,
    person UUID NOT NULL REFERENCES person (id),
    browser TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ
);
CREATE INDEX session_by_person ON session (person, created_at, id);

CREATE TABLE api_token (
    id UUID NOT NULL PRIMARY KEY,
    token_hash BYTEA NOT NULL UNIQUE,
    person UUID NOT NULL REFERENCES person (id),
    name TEXT NOT NULL,
    prefix TEXT NOT NULL,
    scopes JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ,
    revoked_at TIMESTAMPTZ
);
CREATE INDEX api_token_by_person ON api_token (person, created_at, id);

-- A repeated click: the key a client gave to an action, and what came of it.
CREATE TABLE idempotency (
    person UUID NOT NULL REFERENCES person (id),
    key TEXT NOT NULL,
    action TEXT NOT NULL,
    fingerprint BYTEA NOT NULL,
    result UUID NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (person, key)
);
CREATE INDEX idempotency_by_age ON idempotency (created_at);
