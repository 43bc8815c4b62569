-- Territories, the names they are found by, vocabularies, and where the lists came from.
CREATE TABLE territory (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('AMBITO', 'COMUNE')),
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    aliases TEXT NOT NULL,
    province TEXT NOT NULL,
    legal_form TEXT CHECK (legal_form IN ('CONVENTION', 'CONSORTIUM')),
    seat BLOB REFERENCES territory (id),
    ambito BLOB REFERENCES territory (id),
    istat_code TEXT,
    belfiore_code TEXT UNIQUE,
    ipa_code TEXT,
    population INTEGER,
    area_km2 REAL,
    latitude REAL,
    longitude REAL,
    area_class TEXT,
    mailbox TEXT,
    practices_count INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX territory_by_kind ON territory (kind, slug, id);
CREATE INDEX territory_by_ambito ON territory (ambito, slug, id);
CREATE INDEX territory_by_province ON territory (province, slug, id);

-- Every spelling a territory is found by, folded: name, full name, aliases, codes (older ISTAT codes too).
CREATE TABLE territory_name (
    folded TEXT NOT NULL,
    territory BLOB NOT NULL REFERENCES territory (id),
    PRIMARY KEY (folded, territory)
) STRICT;
CREATE INDEX territory_name_by_territory ON territory_name (territory);

CREATE TABLE term (
    scheme TEXT NOT NULL,
    code TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    label_it TEXT NOT NULL,
    label_en TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (scheme, code, valid_from)
) STRICT;

CREATE TABLE dataset (
    name TEXT NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    as_of TEXT NOT NULL,
    imported_at INTEGER NOT NULL
) STRICT;
