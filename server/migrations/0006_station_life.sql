-- Who else a station is known to, and how staff find it.
ALTER TABLE station ADD COLUMN aliases TEXT NOT NULL DEFAULT '[]';
-- JSON: lon, lat, floor, side of the street
ALTER TABLE station ADD COLUMN entrance TEXT;
-- staff only
ALTER TABLE station ADD COLUMN keeper_name TEXT;
ALTER TABLE station ADD COLUMN keeper_phone TEXT;
-- names, number and address folded and spelled in pinyin; absent in rows written before it was kept
ALTER TABLE station ADD COLUMN search TEXT;
CREATE INDEX station_by_district ON station (district);

-- Each version of a station as it was, for the history and for going back to it.
CREATE TABLE station_version (
  station_id TEXT NOT NULL REFERENCES station (id) ON DELETE CASCADE,
  version BIGINT NOT NULL,
  at_ms BIGINT NOT NULL,
  account_id TEXT,
  -- session, token, command or system
  via TEXT NOT NULL,
  action TEXT NOT NULL,
  reason TEXT,
  status TEXT NOT NULL,
  -- JSON of the facts
  facts TEXT NOT NULL,
  PRIMARY KEY (station_id, version)
);

-- Who said that a station's facts hold, when and how.
CREATE TABLE confirmation (
  id TEXT PRIMARY KEY,
  station_id TEXT NOT NULL REFERENCES station (id) ON DELETE CASCADE,
  account_id TEXT,
  how TEXT NOT NULL,
  note TEXT,
  at_ms BIGINT NOT NULL
);
CREATE INDEX confirmation_by_station ON confirmation (station_id);

-- A notice may now stand for one facility, or for every station of an area.
CREATE TABLE notice_of_anything (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  -- one of both is there
  station_id TEXT REFERENCES station (id) ON DELETE CASCADE,
  -- GeoJSON Polygon or MultiPolygon, WGS-84
  area TEXT,
  -- the adcode prefixes within which an area's notice counts, as JSON; the author's reach
  reach TEXT,
  -- absent: the whole station
  facility TEXT,
  -- closed or open
  effect TEXT NOT NULL,
  from_ms BIGINT NOT NULL,
  -- absent: until it is taken back
  to_ms BIGINT,
  reason TEXT NOT NULL,
  account_id TEXT,
  created_ms BIGINT NOT NULL,
  withdrawn_ms BIGINT
);
INSERT INTO notice_of_anything (id, version, station_id, effect, from_ms, to_ms, reason, created_ms)
SELECT id, 1, station_id, effect, from_ms, to_ms, reason, created_ms FROM notice;
DROP TABLE notice;
ALTER TABLE notice_of_anything RENAME TO notice;
CREATE INDEX notice_by_station ON notice (station_id);

-- Extended hours of many stations: in heat, cold or storm.
CREATE TABLE regime (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  -- heat, cold or storm
  kind TEXT NOT NULL,
  -- JSON array of adcode prefixes
  districts TEXT NOT NULL,
  -- opening hours in the grammar, added to each station's own
  hours TEXT NOT NULL,
  -- absent: every station; else those that have it
  facility TEXT,
  from_ms BIGINT NOT NULL,
  to_ms BIGINT,
  reason TEXT NOT NULL,
  account_id TEXT,
  created_ms BIGINT NOT NULL,
  ended_ms BIGINT
);
