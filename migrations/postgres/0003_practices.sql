-- Practices, their contacts, kit and lineage. What is only ever read and written whole is one JSON column.
CREATE TABLE practice (
    id UUID NOT NULL PRIMARY KEY,
    slug TEXT COLLATE "C" NOT NULL UNIQUE,
    owner UUID NOT NULL REFERENCES territory (id),
    status TEXT NOT NULL CHECK (status IN ('DRAFT', 'UNDER_REVIEW', 'PUBLISHED', 'ARCHIVED')),
    version BIGINT NOT NULL DEFAULT 1,
    title TEXT NOT NULL,
    title_key TEXT COLLATE "C" NOT NULL,
    abstract TEXT NOT NULL DEFAULT '',
    context TEXT NOT NULL DEFAULT '',
    objectives TEXT NOT NULL DEFAULT '',
    method TEXT NOT NULL DEFAULT '',
    results TEXT NOT NULL DEFAULT '',
    obstacles TEXT NOT NULL DEFAULT '',
    improvements TEXT NOT NULL DEFAULT '',
    replicability TEXT NOT NULL DEFAULT '',
    field TEXT,
    other_fields JSONB NOT NULL,
    targets JSONB NOT NULL,
    tools JSONB NOT NULL,
    funds JSONB NOT NULL,
    places JSONB NOT NULL,
    partners JSONB NOT NULL,
    indicators JSONB NOT NULL,
    core_elements JSONB NOT NULL,
    adaptable_elements JSONB NOT NULL,
    started_on TEXT,
    ended_on TEXT,
    budget_eur BIGINT,
    setup_cost_eur BIGINT,
    yearly_cost_eur BIGINT,
    staff_fte DOUBLE PRECISION,
    months_to_start BIGINT,
    people_reached BIGINT,
    support_levels JSONB NOT NULL,
    support_capacity BIGINT NOT NULL DEFAULT 1,
    support_open BOOLEAN NOT NULL DEFAULT FALSE,
    evidence_level BIGINT NOT NULL DEFAULT 0 CHECK (evidence_level BETWEEN 0 AND 4),
    provenance TEXT NOT NULL CHECK (provenance IN ('REAL', 'ILLUSTRATIVE')),
    sources JSONB NOT NULL,
    provenance_note TEXT NOT NULL DEFAULT '',
    edition TEXT,
    review_note TEXT NOT NULL DEFAULT '',
    kit_completeness BIGINT NOT NULL DEFAULT 0,
    -- counters kept in the same transaction as what they count
    requests_count BIGINT NOT NULL DEFAULT 0,
    active_requests BIGINT NOT NULL DEFAULT 0,
    replications_count BIGINT NOT NULL DEFAULT 0,
    created_by UUID REFERENCES person (id),
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    published_at TIMESTAMPTZ
);
CREATE INDEX practice_by_publication ON practice (status, published_at DESC, id DESC);
CREATE INDEX practice_by_owner ON practice (owner, updated_at DESC, id DESC);
CREATE INDEX practice_by_title ON practice (status, title_key, id);

-- For filters: one row for each term of a practice. `weight` is 2 for the primary field, else 1.
CREATE TABLE practice_term (
    scheme TEXT NOT NULL,
    code TEXT NOT NULL,
    practice UUID NOT NULL REFERENCES practice (id) ON DELETE CASCADE,
    weight BIGINT NOT NULL,
    PRIMARY KEY (scheme, code, practice)
);
CREATE INDEX practice_term_by_practice ON practice_term (practice);

CREATE TABLE contact_person (
    id UUID NOT NULL PRIMARY KEY,
    territory UUID NOT NULL REFERENCES territory (id),
    person UUID REFERENCES person (id),
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    visibility TEXT NOT NULL CHECK (visibility IN ('PUBLIC', 'MEMBERS', 'PARTIES', 'RELAY')),
    accepts_requests BOOLEAN NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMPTZ NOT NULL,
    removed_at TIMESTAMPTZ
);
CREATE INDEX contact_person_by_territory ON contact_person (territory, created_at, id);

CREATE TABLE practice_contact (
    practice UUID NOT NULL REFERENCES practice (id) ON DELETE CASCADE,
    contact UUID NOT NULL REFERENCES contact_person (id),
    position BIGINT NOT NULL,
    PRIMARY KEY (practice, contact)
);
CREATE INDEX practice_contact_by_contact ON practice_contact (contact);

CREATE TABLE kit_item (
    id UUID NOT NULL PRIMARY KEY,
    practice UUID NOT NULL REFERENCES practice (id) ON DELETE CASCADE,
    version BIGINT NOT NULL DEFAULT 1,
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    phase TEXT NOT NULL,
    title TEXT NOT NULL,
    link TEXT,
    text TEXT,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX kit_item_by_practice ON kit_item (practice, position, id);

CREATE TABLE lineage_edge (
    child UUID NOT NULL REFERENCES practice (id),
    parent UUID NOT NULL REFERENCES practice (id),
    kind TEXT NOT NULL CHECK (kind IN ('COPIED', 'ADAPTED', 'INSPIRED_BY', 'COMPONENT_OF', 'MERGED_FROM')),
    request UUID,
    note TEXT NOT NULL DEFAULT '',
    declared_by UUID REFERENCES person (id),
    declared_at TIMESTAMPTZ NOT NULL,
    confirmed_at TIMESTAMPTZ,
    PRIMARY KEY (child, parent),
    CHECK (child <> parent)
);
CREATE INDEX lineage_edge_by_parent ON lineage_edge (parent, child);

-- One row, locked by whoever adds an edge: two edges added at once cannot close a cycle together.
CREATE TABLE lineage_head (
    one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    version BIGINT NOT NULL
);
INSERT INTO lineage_head (one, version) VALUES (1, 0);
