-- What the hub does about each deadline: by which timer it is, when the hub looks at it next (never again once it is
-- dealt with), and when it was dealt with.
ALTER TABLE request_deadline ADD COLUMN timer TEXT NOT NULL DEFAULT '';
ALTER TABLE request_deadline ADD COLUMN wakes_at TIMESTAMPTZ;
ALTER TABLE request_deadline ADD COLUMN told_at TIMESTAMPTZ;
UPDATE request_deadline SET wakes_at = due_at;
CREATE INDEX request_deadline_by_wake ON request_deadline (wakes_at) WHERE wakes_at IS NOT NULL;
