-- A list of stations on its way into the registry, or already there.
CREATE TABLE import (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  account_id TEXT,
  file_name TEXT NOT NULL,
  -- SHA-256 of the file: what was corrected in it once is not asked again
  file_hash TEXT NOT NULL,
  -- rows below the headings that are not empty
  row_count BIGINT NOT NULL,
  -- planned, committing, committed, undone or discarded
  state TEXT NOT NULL,
  -- the district of rows that name none; whoever imports there sees the import
  district TEXT,
  -- JSON: coordinate system and whether a person confirmed it, mapping, publish
  options TEXT NOT NULL,
  -- JSON: what people changed in cells, decided on duplicates, pinned, left out
  corrections TEXT NOT NULL,
  -- JSON of what the commit did; absent before
  outcome TEXT,
  -- why the last commit came to nothing
  failed TEXT,
  created_ms BIGINT NOT NULL,
  changed_ms BIGINT NOT NULL,
  committed_ms BIGINT
);
CREATE INDEX import_by_hash ON import (file_hash);

-- What an import did to each station, so that it can be undone while nothing came after.
CREATE TABLE import_station (
  import_id TEXT NOT NULL REFERENCES import (id) ON DELETE CASCADE,
  station_id TEXT NOT NULL REFERENCES station (id) ON DELETE CASCADE,
  row_number BIGINT NOT NULL,
  -- absent: the import made the station
  version_before BIGINT,
  version_after BIGINT NOT NULL,
  PRIMARY KEY (import_id, station_id)
);
CREATE INDEX import_station_by_station ON import_station (station_id);

-- Which field a heading fed the last time that a person said so.
CREATE TABLE column_mapping (
  -- folded
  heading TEXT PRIMARY KEY,
  -- JSON array of field names; empty: a column to leave out
  fields TEXT NOT NULL,
  account_id TEXT,
  changed_ms BIGINT NOT NULL
);

-- What a person decided of two that look like one station, so that the next list does not ask again.
CREATE TABLE duplicate_decision (
  -- the folded name, district, address and number of a row
  row_key TEXT NOT NULL,
  station_id TEXT NOT NULL REFERENCES station (id) ON DELETE CASCADE,
  -- same, different or merge
  decision TEXT NOT NULL,
  account_id TEXT,
  decided_ms BIGINT NOT NULL,
  PRIMARY KEY (row_key, station_id)
);

-- Rows with an address and no position, waiting for a pin.
CREATE TABLE parked_station (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  import_id TEXT REFERENCES import (id) ON DELETE CASCADE,
  row_number BIGINT,
  -- the folded name, district, address and number: the same row is parked once
  row_key TEXT NOT NULL,
  district TEXT,
  -- JSON of the facts but the position
  facts TEXT NOT NULL,
  -- the station that it became
  station_id TEXT REFERENCES station (id) ON DELETE SET NULL,
  account_id TEXT,
  created_ms BIGINT NOT NULL,
  -- pinned or dropped
  ended_ms BIGINT
);
