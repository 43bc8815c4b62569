-- Files that people upload for the kits of practices. Their bytes stand in the document store under the row's id.
-- PENDING: on its way, or being looked at. READY: whole and clean. DOOMED: its bytes are taken away, then its row.
-- `uses` is kept in the same transaction as the kit items that it counts.
CREATE TABLE document (
    id UUID NOT NULL PRIMARY KEY,
    practice UUID REFERENCES practice (id) ON DELETE SET NULL,
    territory UUID NOT NULL REFERENCES territory (id),
    state TEXT NOT NULL CHECK (state IN ('PENDING', 'READY', 'DOOMED')),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL CHECK (media_type IN (
        'application/pdf',
        'application/vnd.oasis.opendocument.text',
        'application/vnd.oasis.opendocument.spreadsheet',
        'application/vnd.oasis.opendocument.presentation',
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        'application/vnd.openxmlformats-officedocument.presentationml.presentation',
        'application/msword',
        'application/vnd.ms-excel',
        'image/png',
        'image/jpeg',
        'text/csv',
        'text/plain'
    )),
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    uses BIGINT NOT NULL DEFAULT 0,
    uploaded_by UUID REFERENCES person (id),
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX document_by_territory ON document (territory, state, uses, size);
CREATE INDEX document_unused ON document (created_at) WHERE uses = 0;

ALTER TABLE kit_item ADD COLUMN document UUID REFERENCES document (id);
CREATE INDEX kit_item_by_document ON kit_item (document) WHERE document IS NOT NULL;
