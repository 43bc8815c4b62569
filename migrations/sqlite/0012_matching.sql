-- How much each part of a match counts. Data, to be refitted from what the log below says: `innesto matching weights`.
CREATE TABLE match_weight (
    part TEXT NOT NULL PRIMARY KEY CHECK (part IN ('FIELD', 'TARGET', 'TOOLS', 'TEXT', 'COST', 'STAFF', 'TIME', 'FUND', 'SIZE', 'AREA', 'DISTANCE', 'EVIDENCE', 'KIT')),
    weight REAL NOT NULL CHECK (weight >= 0)
) STRICT;
INSERT INTO match_weight (part, weight) VALUES
    ('FIELD', 0.12), ('TARGET', 0.16), ('TOOLS', 0.07), ('TEXT', 0.05), ('COST', 0.12), ('STAFF', 0.06), ('TIME', 0.04),
    ('FUND', 0.08), ('SIZE', 0.08), ('AREA', 0.07), ('DISTANCE', 0.05), ('EVIDENCE', 0.05), ('KIT', 0.05);

-- What a territory was shown, for which need, and what it opened; what it sent and what was accepted is in its requests.
-- Ids and numbers only. A match without a need has the nil uuid there. `parts` holds the thirteen values in their order,
-- with commas between, empty where unknown.
CREATE TABLE match_shown (
    territory BLOB NOT NULL REFERENCES territory (id),
    need BLOB NOT NULL,
    practice BLOB NOT NULL REFERENCES practice (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    score REAL NOT NULL,
    parts TEXT NOT NULL,
    shown_at INTEGER NOT NULL,
    opened_at INTEGER,
    PRIMARY KEY (territory, need, practice)
) STRICT;
CREATE INDEX match_shown_by_practice ON match_shown (practice);
