-- The registry's revision: one row, increased in every transaction that changes a public fact.
-- The increment locks the row, so revisions are gap-free and in commit order on both engines.
CREATE TABLE registry (
  one BIGINT PRIMARY KEY CHECK (one = 1),
  revision BIGINT NOT NULL
);
INSERT INTO registry (one, revision) VALUES (1, 0);

CREATE TABLE station (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  status TEXT NOT NULL,
  demonstration BOOLEAN NOT NULL,
  -- the official number; many stations may have none
  code TEXT UNIQUE,
  name TEXT NOT NULL,
  signboard TEXT,
  district TEXT,
  address TEXT,
  -- WGS-84 degrees; crs names the system they arrived in
  lon DOUBLE PRECISION NOT NULL CHECK (lon BETWEEN -180 AND 180),
  lat DOUBLE PRECISION NOT NULL CHECK (lat BETWEEN -90 AND 90),
  crs TEXT NOT NULL,
  build TEXT,
  partner TEXT,
  host TEXT,
  form TEXT,
  -- the OpenStreetMap grammar where it is certain, and what somebody wrote where it is not
  hours TEXT,
  hours_text TEXT,
  -- JSON arrays: a station is read whole and never searched by these in SQL
  facilities TEXT NOT NULL,
  other_facilities TEXT NOT NULL,
  access TEXT NOT NULL,
  trades TEXT NOT NULL,
  no_phone BOOLEAN,
  phone TEXT,
  -- ISO 8601 day
  opened_on TEXT,
  capacity BIGINT,
  area_m2 DOUBLE PRECISION,
  notes TEXT,
  rating BIGINT,
  last_confirmed_ms BIGINT,
  created_ms BIGINT NOT NULL,
  changed_ms BIGINT NOT NULL
);
CREATE INDEX station_by_status ON station (status);

-- Which stations a revision touched; whoever keeps a copy asks for what came after its own.
CREATE TABLE station_change (
  revision BIGINT NOT NULL,
  station_id TEXT NOT NULL,
  PRIMARY KEY (revision, station_id)
);

-- A temporary notice closes a station, or opens it beyond its hours, from one instant to another.
CREATE TABLE notice (
  id TEXT PRIMARY KEY,
  station_id TEXT NOT NULL REFERENCES station (id) ON DELETE CASCADE,
  -- closed or open
  effect TEXT NOT NULL,
  from_ms BIGINT NOT NULL,
  -- absent: until it is taken back
  to_ms BIGINT,
  reason TEXT NOT NULL,
  created_ms BIGINT NOT NULL
);
CREATE INDEX notice_by_station ON notice (station_id);
