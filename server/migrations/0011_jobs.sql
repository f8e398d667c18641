-- Work that is to be done later, written in the transaction that is its cause.
CREATE TABLE job (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  -- what it is known by among the waiting ones of its kind
  job_key TEXT NOT NULL,
  -- what it is about
  object_type TEXT NOT NULL,
  object_id TEXT NOT NULL,
  run_ms BIGINT NOT NULL,
  -- JSON; no words, contact or position of anybody
  payload TEXT NOT NULL,
  -- waiting, running, done or failed
  state TEXT NOT NULL,
  -- how often it was begun
  tries BIGINT NOT NULL,
  -- who is at it, and since when; a claim whose server died is taken over
  claim TEXT,
  claimed_ms BIGINT,
  ended_ms BIGINT,
  -- why the last try failed
  fault TEXT
);
CREATE UNIQUE INDEX job_waiting_once ON job (kind, job_key) WHERE state = 'waiting';
CREATE INDEX job_by_state ON job (state, run_ms);
CREATE INDEX job_by_object ON job (object_type, object_id);
