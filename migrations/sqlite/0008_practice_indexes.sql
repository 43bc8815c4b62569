-- What most filters of practices look at stands in the index that sorts them: the wide rows are read for what is shown
-- alone, however rare it is.
DROP INDEX practice_by_publication;
CREATE INDEX practice_by_publication ON practice (
    status, published_at DESC, id DESC,
    owner, provenance, evidence_level, budget_eur, kit_completeness, support_open, active_requests, support_capacity
);
CREATE INDEX practice_by_update ON practice (status, updated_at DESC, id DESC);
CREATE INDEX practice_by_owner_publication ON practice (owner, status, published_at DESC, id DESC);
