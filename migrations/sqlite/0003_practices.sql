-- Practices, their contacts, kit and lineage. What is only ever read and written whole is one JSON column.
CREATE TABLE practice (
    id BLOB NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    owner BLOB NOT NULL REFERENCES territory (id),
    status TEXT NOT NULL CHECK (status IN ('DRAFT', 'UNDER_REVIEW', 'PUBLISHED', 'ARCHIVED')),
    version INTEGER NOT NULL DEFAULT 1,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    abstract TEXT NOT NULL DEFAULT '',
    context TEXT NOT NULL DEFAULT '',
    objectives TEXT NOT NULL DEFAULT '',
    method TEXT NOT NULL DEFAULT '',
    results TEXT NOT NULL DEFAULT '',
    obstacles TEXT NOT NULL DEFAULT '',
    improvements TEXT NOT NULL DEFAULT '',
    replicability TEXT NOT NULL DEFAULT '',
    field TEXT,
    other_fields TEXT NOT NULL,
    targets TEXT NOT NULL,
    tools TEXT NOT NULL,
    funds TEXT NOT NULL,
    places TEXT NOT NULL,
    partners TEXT NOT NULL,
    indicators TEXT NOT NULL,
    core_elements TEXT NOT NULL,
    adaptable_elements TEXT NOT NULL,
    started_on TEXT,
    ended_on TEXT,
    budget_eur INTEGER,
    setup_cost_eur INTEGER,
    yearly_cost_eur INTEGER,
    staff_fte REAL,
    months_to_start INTEGER,
    people_reached INTEGER,
    support_levels TEXT NOT NULL,
    support_capacity INTEGER NOT NULL DEFAULT 1,
    support_open INTEGER NOT NULL DEFAULT 0,
    evidence_level INTEGER NOT NULL DEFAULT 0 CHECK (evidence_level BETWEEN 0 AND 4),
    provenance TEXT NOT NULL CHECK (provenance IN ('REAL', 'ILLUSTRATIVE')),
    sources TEXT NOT NULL,
    provenance_note TEXT NOT NULL DEFAULT '',
    edition TEXT,
    review_note TEXT NOT NULL DEFAULT '',
    kit_completeness INTEGER NOT NULL DEFAULT 0,
    -- counters kept in the same transaction as what they count
    requests_count INTEGER NOT NULL DEFAULT 0,
    active_requests INTEGER NOT NULL DEFAULT 0,
    replications_count INTEGER NOT NULL DEFAULT 0,
    created_by BLOB REFERENCES person (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    published_at INTEGER
) STRICT;
CREATE INDEX practice_by_publication ON practice (status, published_at DESC, id DESC);
CREATE INDEX practice_by_owner ON practice (owner, updated_at DESC, id DESC);
CREATE INDEX practice_by_title ON practice (status, title_key, id);

-- For filters: one row for each term of a practice. `weight` is 2 for the primary field, else 1.
CREATE TABLE practice_term (
    scheme TEXT NOT NULL,
    code TEXT NOT NULL,
    practice BLOB NOT NULL REFERENCES practice (id) ON DELETE CASCADE,
    weight INTEGER NOT NULL,
    PRIMARY KEY (scheme, code, practice)
) STRICT;
CREATE INDEX practice_term_by_practice ON practice_term (practice);

CREATE TABLE contact_person (
    id BLOB NOT NULL PRIMARY KEY,
    territory BLOB NOT NULL REFERENCES territory (id),
    person BLOB REFERENCES person (id),
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    visibility TEXT NOT NULL CHECK (visibility IN ('PUBLIC', 'MEMBERS', 'PARTIES', 'RELAY')),
    accepts_requests INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    removed_at INTEGER
) STRICT;
CREATE INDEX contact_person_by_territory ON contact_person (territory, created_at, id);

CREATE TABLE practice_contact (
    practice BLOB NOT NULL REFERENCES practice (id) ON DELETE CASCADE,
    contact BLOB NOT NULL REFERENCES contact_person (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (practice, contact)
) STRICT;
CREATE INDEX practice_contact_by_contact ON practice_contact (contact);

CREATE TABLE kit_item (
    id BLOB NOT NULL PRIMARY KEY,
    practice BLOB NOT NULL REFERENCES practice (id) ON DELETE CASCADE,
    version INTEGER NOT NULL DEFAULT 1,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    phase TEXT NOT NULL,
    title TEXT NOT NULL,
    link TEXT,
    text TEXT,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX kit_item_by_practice ON kit_item (practice, position, id);

CREATE TABLE lineage_edge (
    child BLOB NOT NULL REFERENCES practice (id),
    parent BLOB NOT NULL REFERENCES practice (id),
    kind TEXT NOT NULL CHECK (kind IN ('COPIED', 'ADAPTED', 'INSPIRED_BY', 'COMPONENT_OF', 'MERGED_FROM')),
    request BLOB,
    note TEXT NOT NULL DEFAULT '',
    declared_by BLOB REFERENCES person (id),
    declared_at INTEGER NOT NULL,
    confirmed_at INTEGER,
    PRIMARY KEY (child, parent),
    CHECK (child <> parent)
) STRICT;
CREATE INDEX lineage_edge_by_parent ON lineage_edge (parent, child);

-- One row, locked by whoever adds an edge: two edges added at once cannot close a cycle together.
CREATE TABLE lineage_head (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    version INTEGER NOT NULL
) STRICT;
INSERT INTO lineage_head (one, version) VALUES (1, 0);
