-- A round: stations that somebody visits between two days.
CREATE TABLE inspection_round (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  name TEXT NOT NULL,
  -- beginning of a district code
  scope TEXT NOT NULL,
  -- YYYY-MM-DD, both inclusive
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  -- who walks it
  inspector_id TEXT,
  note TEXT,
  account_id TEXT,
  created_ms BIGINT NOT NULL,
  closed_ms BIGINT
);

CREATE TABLE inspection_stop (
  round_id TEXT NOT NULL REFERENCES inspection_round (id) ON DELETE CASCADE,
  station_id TEXT NOT NULL REFERENCES station (id) ON DELETE CASCADE,
  -- order of the walk, from 1
  rank BIGINT NOT NULL,
  PRIMARY KEY (round_id, station_id)
);

-- What was seen at a station.
CREATE TABLE inspection (
  id TEXT PRIMARY KEY,
  -- chosen by the phone, so that what is sent twice after a break counts once
  client_key TEXT UNIQUE,
  round_id TEXT REFERENCES inspection_round (id) ON DELETE SET NULL,
  station_id TEXT NOT NULL REFERENCES station (id) ON DELETE CASCADE,
  account_id TEXT,
  at_ms BIGINT NOT NULL,
  -- whether the door was open
  is_open BOOLEAN NOT NULL,
  -- JSON object: what was looked at and whether it was right
  answers TEXT NOT NULL,
  note TEXT
);
CREATE INDEX inspection_by_station ON inspection (station_id, at_ms);
CREATE INDEX inspection_by_round ON inspection (round_id);

-- What has to be put right, until when, and whether it was.
CREATE TABLE finding (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  inspection_id TEXT NOT NULL REFERENCES inspection (id) ON DELETE CASCADE,
  station_id TEXT NOT NULL REFERENCES station (id) ON DELETE CASCADE,
  -- closed_in_hours, facility, hygiene, safety, sign, hours, access or other
  kind TEXT NOT NULL,
  facility TEXT,
  text TEXT NOT NULL,
  picture_id TEXT,
  -- YYYY-MM-DD
  due TEXT NOT NULL,
  -- open, fixed (said to be), verified (seen to be) or dropped
  state TEXT NOT NULL,
  fixed_ms BIGINT,
  -- the inspection at which it was looked at again
  checked_by TEXT,
  ended_ms BIGINT,
  -- why it was opened again or dropped
  reason TEXT,
  created_ms BIGINT NOT NULL
);
CREATE INDEX finding_by_station ON finding (station_id);
CREATE INDEX finding_by_state ON finding (state, due);

-- The rules by which stars are given; each version stays.
CREATE TABLE rating_rules (
  version BIGINT PRIMARY KEY,
  -- JSON: clauses, weights, stars
  rules TEXT NOT NULL,
  note TEXT,
  account_id TEXT,
  created_ms BIGINT NOT NULL
);

-- What a station was given, and clause by clause why; one row where it changed.
CREATE TABLE station_rating (
  station_id TEXT NOT NULL REFERENCES station (id) ON DELETE CASCADE,
  at_ms BIGINT NOT NULL,
  rules_version BIGINT NOT NULL,
  stars BIGINT NOT NULL,
  -- hundredths of a point
  score BIGINT NOT NULL,
  -- JSON: each clause with its figures
  clauses TEXT NOT NULL,
  PRIMARY KEY (station_id, at_ms)
);

-- What the schedule has begun; whoever writes the row first does the work.
CREATE TABLE scheduled_run (
  name TEXT NOT NULL,
  -- the local day or hour that it is for
  due TEXT NOT NULL,
  begun_ms BIGINT NOT NULL,
  ended_ms BIGINT,
  PRIMARY KEY (name, due)
);
