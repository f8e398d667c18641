-- Layers for planners. Each write takes the next number, so that no version of any layer ever comes twice; the one row
-- is locked until the transaction ends.
CREATE TABLE planning_version (
  one BIGINT PRIMARY KEY CHECK (one = 1),
  last BIGINT NOT NULL
);
INSERT INTO planning_version (one, last) VALUES (1, 0);

-- Where how many people work.
CREATE TABLE demand_layer (
  code TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  -- the version that it began with, by which layers are in order
  first_version BIGINT NOT NULL,
  name TEXT NOT NULL,
  source TEXT NOT NULL,
  licence TEXT NOT NULL,
  as_of TEXT NOT NULL,
  note TEXT NOT NULL,
  -- JSON: by trade, '' for all others, the share that is outdoors at each of the 168 hours of a week
  profiles TEXT NOT NULL
);

-- The points of a layer, in the order of its file.
CREATE TABLE demand_point (
  layer TEXT NOT NULL REFERENCES demand_layer (code) ON DELETE CASCADE,
  place BIGINT NOT NULL,
  lon DOUBLE PRECISION NOT NULL,
  lat DOUBLE PRECISION NOT NULL,
  people DOUBLE PRECISION NOT NULL CHECK (people >= 0),
  trade TEXT,
  district TEXT,
  PRIMARY KEY (layer, place)
);

-- How many points and people a layer has of each trade in each district, so that a list need not count; '' is none.
CREATE TABLE demand_part (
  layer TEXT NOT NULL REFERENCES demand_layer (code) ON DELETE CASCADE,
  district TEXT NOT NULL,
  trade TEXT NOT NULL,
  points BIGINT NOT NULL,
  people DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (layer, district, trade)
);

-- Halls and counters beside stations.
CREATE TABLE service_layer (
  code TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  first_version BIGINT NOT NULL,
  name TEXT NOT NULL,
  source TEXT NOT NULL,
  licence TEXT NOT NULL,
  as_of TEXT NOT NULL,
  points BIGINT NOT NULL,
  with_hours BIGINT NOT NULL
);

-- The points of a service layer, in the order of its file.
CREATE TABLE service_point (
  layer TEXT NOT NULL REFERENCES service_layer (code) ON DELETE CASCADE,
  place BIGINT NOT NULL,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  phone TEXT NOT NULL,
  lon DOUBLE PRECISION NOT NULL,
  lat DOUBLE PRECISION NOT NULL,
  district TEXT,
  -- as it was written
  hours_text TEXT NOT NULL,
  -- in the grammar, where its meaning is certain
  hours TEXT,
  PRIMARY KEY (layer, place)
);
