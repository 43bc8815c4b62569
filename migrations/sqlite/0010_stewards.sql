-- For whoever watches the hub: who did what, and what stands still.
CREATE INDEX event_by_actor ON event (actor, seq);
CREATE INDEX event_by_time ON event (at);
CREATE INDEX replication_request_by_wait ON replication_request (awaiting_since, id) WHERE awaiting <> 'NOBODY';
