-- What territories look for, who watches it, and the public practices that answer it.
CREATE TABLE need (
    id BLOB NOT NULL PRIMARY KEY,
    territory BLOB NOT NULL REFERENCES territory (id),
    text TEXT NOT NULL DEFAULT '',
    field TEXT,
    targets TEXT NOT NULL,
    tools TEXT NOT NULL,
    funds TEXT NOT NULL,
    budget_eur INTEGER,
    staff_fte REAL,
    months INTEGER,
    illustrative INTEGER NOT NULL DEFAULT 0 CHECK (illustrative IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('OPEN', 'CLOSED')),
    closed_because TEXT CHECK (closed_because IN ('FOUND_HERE', 'FOUND_ELSEWHERE', 'NO_LONGER_NEEDED', 'OTHER')),
    closing_note TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL DEFAULT 1,
    created_by BLOB REFERENCES person (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    closed_at INTEGER,
    CHECK ((state = 'CLOSED') = (closed_because IS NOT NULL)),
    CHECK ((state = 'CLOSED') = (closed_at IS NOT NULL))
) STRICT;
CREATE INDEX need_by_state ON need (state, created_at DESC, id DESC);
CREATE INDEX need_by_territory ON need (territory, state, created_at DESC, id DESC);

-- For filters: one row for each term of a need.
CREATE TABLE need_term (
    scheme TEXT NOT NULL,
    code TEXT NOT NULL,
    need BLOB NOT NULL REFERENCES need (id) ON DELETE CASCADE,
    PRIMARY KEY (scheme, code, need)
) STRICT;
CREATE INDEX need_term_by_need ON need_term (need, scheme);

CREATE TABLE need_watch (
    need BLOB NOT NULL REFERENCES need (id) ON DELETE CASCADE,
    person BLOB NOT NULL REFERENCES person (id),
    since INTEGER NOT NULL,
    PRIMARY KEY (need, person)
) STRICT;
CREATE INDEX need_watch_by_person ON need_watch (person);

-- Standing matches. A pair keeps its row though it fits no longer: what was told once is not told again. `fits`: the
-- score is high enough, and among the best of its need.
-- `event` is the number of the practice's event that brought it; none where it was there when the need was written.
CREATE TABLE need_match (
    id BLOB NOT NULL PRIMARY KEY,
    need BLOB NOT NULL REFERENCES need (id) ON DELETE CASCADE,
    practice BLOB NOT NULL REFERENCES practice (id) ON DELETE CASCADE,
    score REAL NOT NULL,
    fits INTEGER NOT NULL CHECK (fits IN (0, 1)),
    event INTEGER,
    found_at INTEGER NOT NULL,
    UNIQUE (need, practice)
) STRICT;
CREATE INDEX need_match_by_need ON need_match (need, fits, found_at DESC, id DESC);
CREATE INDEX need_match_by_practice ON need_match (practice, fits, found_at DESC, id DESC);

-- A conversation may be about what one of the two looks for.
ALTER TABLE conversation ADD COLUMN need BLOB REFERENCES need (id);
