-- Photos of a station's door, kept here so that every backup and every replica has them. The pictures stand
-- last: whoever reads the rest of a row does not read them.
CREATE TABLE station_photo (
  id TEXT PRIMARY KEY,
  station_id TEXT NOT NULL REFERENCES station (id) ON DELETE CASCADE,
  -- the order in which they are shown
  rank BIGINT NOT NULL,
  caption TEXT,
  -- pixels of the large picture
  width BIGINT NOT NULL,
  height BIGINT NOT NULL,
  added_ms BIGINT NOT NULL,
  -- SHA-256 of the large picture: the same photo is not added twice
  hash TEXT NOT NULL,
  -- both JPEG
  large BLOB NOT NULL,
  small BLOB NOT NULL,
  UNIQUE (station_id, hash)
);
