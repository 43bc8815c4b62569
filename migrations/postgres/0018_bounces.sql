-- Addresses that sent our mails back. One whose `since` is empty is still written to: it was full, or could not be reached,
-- `failures` times in a row. `mail` is the last of ours that came back.
CREATE TABLE suppressed_address (
    id UUID NOT NULL PRIMARY KEY,
    address TEXT NOT NULL UNIQUE,
    cause TEXT NOT NULL CHECK (cause IN ('NO_MAILBOX', 'CLOSED', 'NO_DOMAIN', 'FULL', 'REFUSED', 'UNREACHABLE', 'OTHER')),
    said TEXT NOT NULL,
    mail UUID NOT NULL,
    failures BIGINT NOT NULL,
    last_at TIMESTAMPTZ NOT NULL,
    since TIMESTAMPTZ
);
CREATE INDEX suppressed_address_by_since ON suppressed_address (since DESC, id DESC) WHERE since IS NOT NULL;

-- Why a mail came back, for those that did: the reason beside it is in a server's words.
ALTER TABLE outbox ADD COLUMN bounce TEXT CHECK (bounce IN ('NO_MAILBOX', 'CLOSED', 'NO_DOMAIN', 'FULL', 'REFUSED', 'UNREACHABLE', 'OTHER'));
