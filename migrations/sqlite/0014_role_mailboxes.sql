-- Whether a contact is a mailbox that stays when people leave. Of those that were added before it is not known: they count
-- as people until somebody says otherwise.
ALTER TABLE contact_person ADD COLUMN is_role_mailbox INTEGER NOT NULL DEFAULT 0 CHECK (is_role_mailbox IN (0, 1));
