-- Photos and PDF files of cases. Until a case names one it is sealed with a key that the ring wraps; then with the
-- case's own. The content stands last: whoever reads the rest of a row does not read it.
CREATE TABLE grievance_attachment (
  id TEXT PRIMARY KEY,
  grievance_id TEXT REFERENCES grievance (id) ON DELETE CASCADE,
  event_id TEXT,
  -- image/jpeg or application/pdf
  type TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  -- the hour of its coming, while no case has named it
  waiting_ms BIGINT,
  ring_key TEXT,
  own_key TEXT,
  content BLOB NOT NULL
);
CREATE INDEX grievance_attachment_by_case ON grievance_attachment (grievance_id);
