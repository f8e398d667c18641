-- A keeper's own link to his station. Making a new one ends the one before.
CREATE TABLE keeper_link (
  id TEXT PRIMARY KEY,
  station_id TEXT NOT NULL REFERENCES station (id) ON DELETE CASCADE,
  -- SHA-256 of the secret in the link
  hash TEXT NOT NULL UNIQUE,
  account_id TEXT,
  created_ms BIGINT NOT NULL,
  used_ms BIGINT,
  revoked_ms BIGINT
);
CREATE INDEX keeper_link_by_station ON keeper_link (station_id);

-- Hours that a keeper proposes; staff take them over or not.
CREATE TABLE hours_proposal (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  station_id TEXT NOT NULL REFERENCES station (id) ON DELETE CASCADE,
  -- as he wrote them, and in the grammar where that is certain
  text TEXT NOT NULL,
  hours TEXT,
  note TEXT,
  created_ms BIGINT NOT NULL,
  -- taken or refused
  outcome TEXT,
  answer TEXT,
  account_id TEXT,
  ended_ms BIGINT
);
CREATE INDEX hours_proposal_by_station ON hours_proposal (station_id);

-- How many people of a trade said that they are there, by hour. Nobody is told from anybody else.
CREATE TABLE visit_count (
  station_id TEXT NOT NULL REFERENCES station (id) ON DELETE CASCADE,
  -- the beginning of the hour
  hour_ms BIGINT NOT NULL,
  -- courier, rider, sanitation …; empty: not said
  trade TEXT NOT NULL,
  visits BIGINT NOT NULL,
  PRIMARY KEY (station_id, hour_ms, trade)
);

-- Whether a station was found open, by hour and by who found it.
CREATE TABLE observation (
  station_id TEXT NOT NULL REFERENCES station (id) ON DELETE CASCADE,
  hour_ms BIGINT NOT NULL,
  -- keeper, visit, inspection or report
  source TEXT NOT NULL,
  -- the report or inspection; empty for the others
  object_id TEXT NOT NULL,
  is_open BOOLEAN NOT NULL,
  -- whether the hours of that day said that it is open then
  is_posted BOOLEAN NOT NULL,
  PRIMARY KEY (station_id, hour_ms, source, object_id)
);
CREATE INDEX observation_by_hour ON observation (hour_ms);

-- What workers say is wrong with a station. No account, address or device stands with it.
CREATE TABLE report (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  number TEXT NOT NULL UNIQUE,
  -- hash of the receipt, with a secret that is not in the database
  receipt TEXT NOT NULL,
  station_id TEXT NOT NULL REFERENCES station (id) ON DELETE CASCADE,
  district TEXT,
  -- locked, wrong_place, facility_broken, gone or other
  kind TEXT NOT NULL,
  facility TEXT,
  text TEXT,
  picture_id TEXT,
  -- open or answered
  state TEXT NOT NULL,
  -- confirmed, unfounded or unclear; absent while it is open
  verdict TEXT,
  answer TEXT,
  -- the account that sees to it
  owner_id TEXT,
  -- the last day for the answer, YYYY-MM-DD
  due TEXT NOT NULL,
  -- whether that day lies in a year whose holidays are not yet published
  due_provisional BOOLEAN NOT NULL,
  created_ms BIGINT NOT NULL,
  answered_ms BIGINT
);
CREATE INDEX report_by_station ON report (station_id, created_ms);
CREATE INDEX report_by_state ON report (state, due);

CREATE TABLE report_event (
  id TEXT PRIMARY KEY,
  report_id TEXT NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  at_ms BIGINT NOT NULL,
  account_id TEXT,
  -- received, taken, handed_over, answered or redacted
  action TEXT NOT NULL,
  note TEXT
);
CREATE INDEX report_event_by_report ON report_event (report_id);

-- Who wants to join the union. What names the person is sealed with a key that is not in the database.
CREATE TABLE join_request (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  number TEXT NOT NULL UNIQUE,
  station_id TEXT REFERENCES station (id) ON DELETE SET NULL,
  district TEXT,
  -- sealed JSON: name, phone, unit
  person TEXT,
  -- keyed hash of the phone number, to find a person and to notice a second request
  phone_hash TEXT,
  trade TEXT,
  consent_version BIGINT NOT NULL,
  -- new, contacted, joined, declined or erased
  state TEXT NOT NULL,
  note TEXT,
  account_id TEXT,
  created_ms BIGINT NOT NULL,
  changed_ms BIGINT NOT NULL
);
CREATE INDEX join_request_by_phone ON join_request (phone_hash);
CREATE INDEX join_request_by_state ON join_request (state, created_ms);
