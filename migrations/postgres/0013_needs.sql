-- What territories look for, who watches it, and the public practices that answer it.
CREATE TABLE need (
    id UUID NOT NULL PRIMARY KEY,
    territory UUID NOT NULL REFERENCES territory (id),
    text TEXT NOT NULL DEFAULT '',
    field TEXT,
    targets JSONB NOT NULL,
    tools JSONB NOT NULL,
    funds JSONB NOT NULL,
    budget_eur BIGINT,
    staff_fte DOUBLE PRECISION,
    months BIGINT,
    illustrative BOOLEAN NOT NULL DEFAULT FALSE,
    state TEXT NOT NULL CHECK (state IN ('OPEN', 'CLOSED')),
    closed_because TEXT CHECK (closed_because IN ('FOUND_HERE', 'FOUND_ELSEWHERE', 'NO_LONGER_NEEDED', 'OTHER')),
    closing_note TEXT NOT NULL DEFAULT '',
    version BIGINT NOT NULL DEFAULT 1,
    created_by UUID REFERENCES person (id),
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    closed_at TIMESTAMPTZ,
    CHECK ((state = 'CLOSED') = (closed_because IS NOT NULL)),
    CHECK ((state = 'CLOSED') = (closed_at IS NOT NULL))
);
CREATE INDEX need_by_state ON need (state, created_at DESC, id DESC);
CREATE INDEX need_by_territory ON need (territory, state, created_at DESC, id DESC);

-- For filters: one row for each term of a need.
CREATE TABLE need_term (
    scheme TEXT NOT NULL,
    code TEXT NOT NULL,
    need UUID NOT NULL REFERENCES need (id) ON DELETE CASCADE,
    PRIMARY KEY (scheme, code, need)
);
CREATE INDEX need_term_by_need ON need_term (need, scheme);

CREATE TABLE need_watch (
    need UUID NOT NULL REFERENCES need (id) ON DELETE CASCADE,
    person UUID NOT NULL REFERENCES person (id),
    since TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (need, person)
);
CREATE INDEX need_watch_by_person ON need_watch (person);

-- Standing matches. A pair keeps its row though it fits no longer: what was told once is not told again. `fits`: the
-- score is high enough, and among the best of its need.
-- `event` is the number of the practice's event that brought it; none where it was there when the need was written.
CREATE TABLE need_match (
    id UUID NOT NULL PRIMARY KEY,
    need UUID NOT NULL REFERENCES need (id) ON DELETE CASCADE,
    practice UUID NOT NULL REFERENCES practice (id) ON DELETE CASCADE,
    score DOUBLE PRECISION NOT NULL,
    fits BOOLEAN NOT NULL,
    event BIGINT,
    found_at TIMESTAMPTZ NOT NULL,
    UNIQUE (need, practice)
);
CREATE INDEX need_match_by_need ON need_match (need, fits, found_at DESC, id DESC);
CREATE INDEX need_match_by_practice ON need_match (practice, fits, found_at DESC, id DESC);

-- A conversation may be about what one of the two looks for.
ALTER TABLE conversation ADD COLUMN need UUID REFERENCES need (id);
