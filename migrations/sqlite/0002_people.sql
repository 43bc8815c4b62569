-- People, what they are where, and how they prove it. Personal data of staff lives in `person` and nowhere else.
CREATE TABLE person (
    id BLOB NOT NULL PRIMARY KEY,
    email TEXT UNIQUE,
    name TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('it', 'en')),
    created_at INTEGER NOT NULL,
    erased_at INTEGER
) STRICT;

CREATE TABLE membership (
    person BLOB NOT NULL REFERENCES person (id),
    territory BLOB NOT NULL REFERENCES territory (id),
    role TEXT NOT NULL CHECK (role IN ('MEMBER', 'COORDINATOR')),
    since INTEGER NOT NULL,
    PRIMARY KEY (person, territory)
) STRICT;
CREATE INDEX membership_by_territory ON membership (territory, since, person);

CREATE TABLE staff (
    person BLOB NOT NULL REFERENCES person (id),
    role TEXT NOT NULL CHECK (role IN ('FACILITATOR', 'STEWARD')),
    PRIMARY KEY (person, role)
) STRICT;

CREATE TABLE invitation (
    id BLOB NOT NULL PRIMARY KEY,
    territory BLOB NOT NULL REFERENCES territory (id),
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('MEMBER', 'COORDINATOR')),
    invited_by BLOB REFERENCES person (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    accepted_at INTEGER,
    revoked_at INTEGER
) STRICT;
CREATE INDEX invitation_by_email ON invitation (email, created_at);
CREATE INDEX invitation_by_territory ON invitation (territory, created_at, id);
CREATE UNIQUE INDEX invitation_pending ON invitation (territory, email) WHERE accepted_at IS NULL AND revoked_at IS NULL;

-- A sign-in code that was asked for. Neither the code nor the browser's secret is kept, only their hashes.
CREATE TABLE challenge (
    id BLOB NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    network TEXT NOT NULL,
    browser_hash BLOB NOT NULL UNIQUE,
    code_hash BLOB NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;
CREATE INDEX challenge_by_email ON challenge (email, created_at);
CREATE INDEX challenge_by_network ON challenge (network, created_at);
CREATE INDEX challenge_by_age ON challenge (created_at);

-- One row, locked by whoever asks for a code: two askers at once cannot both be the last within the limit.
CREATE TABLE challenge_gate (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    passed INTEGER NOT NULL
) STRICT;
INSERT INTO challenge_gate (one, passed) VALUES (1, 0);

CREATE TABLE session (
    id BLOB NOT NULL PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    person BLOB NOT NULL REFERENCES person (id),
    browser TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;
CREATE INDEX session_by_person ON session (person, created_at, id);

CREATE TABLE api_token (
    id BLOB NOT NULL PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    person BLOB NOT NULL REFERENCES person (id),
    name TEXT NOT NULL,
    prefix TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    revoked_at INTEGER
) STRICT;
CREATE INDEX api_token_by_person ON api_token (person, created_at, id);

-- A repeated click: the key a client gave to an action, and what came of it.
CREATE TABLE idempotency (
    person BLOB NOT NULL REFERENCES person (id),
    key TEXT NOT NULL,
    action TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    result BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (person, key)
) STRICT;
CREATE INDEX idempotency_by_age ON idempotency (created_at);
