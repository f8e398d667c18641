-- Departments that cases are dispatched to.
CREATE TABLE department (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  name TEXT NOT NULL UNIQUE,
  -- absent: the city union's own
  district TEXT,
  -- whom a case goes to that was returned twice
  leader_id TEXT,
  is_active BOOLEAN NOT NULL
);
CREATE TABLE department_member (
  department_id TEXT NOT NULL REFERENCES department (id) ON DELETE CASCADE,
  account_id TEXT NOT NULL,
  PRIMARY KEY (department_id, account_id)
);
CREATE INDEX department_member_by_account ON department_member (account_id);

-- What a case may be about, with the urgency that it has unless intake says otherwise.
CREATE TABLE grievance_category (
  code TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  name TEXT NOT NULL,
  name_en TEXT NOT NULL,
  urgency TEXT NOT NULL,
  -- whether a case of it is never shown to the public
  is_confidential BOOLEAN NOT NULL,
  is_active BOOLEAN NOT NULL,
  place BIGINT NOT NULL
);
-- Which department a case is proposed to; an empty category or district stands for every one.
CREATE TABLE grievance_route (
  category TEXT NOT NULL,
  district TEXT NOT NULL,
  department_id TEXT NOT NULL REFERENCES department (id) ON DELETE CASCADE,
  PRIMARY KEY (category, district)
);
-- The closed list of subjects that intake sets; a theme has measures of its own.
CREATE TABLE grievance_subject (
  code TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  is_theme BOOLEAN NOT NULL,
  measures TEXT,
  is_active BOOLEAN NOT NULL
);

-- A reception day, visit day or live stream from which cases are raised.
CREATE TABLE grievance_session (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  -- reception_day, visit_day or livestream
  kind TEXT NOT NULL,
  date TEXT NOT NULL,
  leader TEXT NOT NULL,
  unit TEXT,
  district TEXT,
  -- a list of department ids, JSON
  departments TEXT NOT NULL,
  -- sealed
  minutes TEXT,
  account_id TEXT,
  changed_ms BIGINT NOT NULL
);

-- The last number of each year.
CREATE TABLE grievance_counter (
  year BIGINT PRIMARY KEY,
  last BIGINT NOT NULL
);

-- A case. Its words are sealed with a key of its own, which is wrapped by the key ring; without the key the case is
-- erased. Of an anonymous case no time of its reporter is finer than the day.
CREATE TABLE grievance (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  number TEXT NOT NULL UNIQUE,
  -- keyed hashes of the key and of the body that it was filed with
  filing_key TEXT NOT NULL UNIQUE,
  filing_print TEXT NOT NULL,
  -- hash of the receipt, with a secret that is not in the database
  receipt TEXT NOT NULL,
  channel TEXT NOT NULL,
  kind TEXT NOT NULL,
  identity TEXT NOT NULL,
  category TEXT NOT NULL,
  urgency TEXT NOT NULL,
  subject TEXT,
  unit TEXT,
  district TEXT,
  station_id TEXT,
  report_number TEXT,
  session_id TEXT REFERENCES grievance_session (id),
  -- who entered it for somebody else
  entered_by TEXT,
  -- whether the reporter allows publication
  may_publish BOOLEAN NOT NULL,
  state TEXT NOT NULL,
  round BIGINT NOT NULL,
  returns BIGINT NOT NULL,
  -- 0, or the level of the supervision that is open
  supervision BIGINT NOT NULL,
  department_id TEXT,
  handler_id TEXT,
  -- who proposed to decline it
  proposer_id TEXT,
  parent_id TEXT,
  -- how many working days were asked for, while nobody decided
  extension_days BIGINT,
  -- tries at calling back in this round, and on how many days
  call_tries BIGINT NOT NULL,
  call_days BIGINT NOT NULL,
  call_day TEXT,
  has_appealed BOOLEAN NOT NULL,
  received_ms BIGINT NOT NULL,
  dispatched_ms BIGINT,
  accepted_ms BIGINT,
  -- of this round
  answered_ms BIGINT,
  outcome TEXT,
  called_back_ms BIGINT,
  is_reached BOOLEAN,
  is_solved BOOLEAN,
  grade TEXT,
  closed_ms BIGINT,
  archived_ms BIGINT,
  retain_until TEXT,
  -- when it is to be answered, and how that is reckoned (JSON)
  due_ms BIGINT NOT NULL,
  is_provisional BOOLEAN NOT NULL,
  clock TEXT NOT NULL,
  -- when the next step is to be done; absent where nothing is awaited
  step_due_ms BIGINT,
  step_clock TEXT,
  -- the calendar by which both were reckoned
  calendar TEXT NOT NULL,
  -- the key of the ring, and the case's key wrapped with it; absent: erased
  ring_key TEXT,
  case_key TEXT,
  text TEXT,
  summary TEXT,
  contact TEXT,
  -- keyed hash of the number, by which a person who asks finds his cases
  contact_hash TEXT,
  erased_ms BIGINT
);
CREATE INDEX grievance_by_contact ON grievance (contact_hash);
CREATE INDEX grievance_by_session ON grievance (session_id);
CREATE INDEX grievance_by_state ON grievance (state, due_ms);
CREATE INDEX grievance_by_handler ON grievance (handler_id);
CREATE INDEX grievance_by_received ON grievance (received_ms);

-- What happened to a case, in order. Its words are sealed with the case's key.
CREATE TABLE grievance_event (
  id TEXT PRIMARY KEY,
  grievance_id TEXT NOT NULL REFERENCES grievance (id) ON DELETE CASCADE,
  place BIGINT NOT NULL,
  round BIGINT NOT NULL,
  at_ms BIGINT NOT NULL,
  action TEXT NOT NULL,
  -- absent: the reporter, or the service itself
  account_id TEXT,
  from_state TEXT,
  to_state TEXT NOT NULL,
  -- whether the reporter sees it
  is_public BOOLEAN NOT NULL,
  -- codes, days and ids; never a word of anybody
  detail TEXT NOT NULL,
  words TEXT,
  -- keyed hash of the key with which a reporter sent it
  sent_key TEXT UNIQUE,
  UNIQUE (grievance_id, place)
);

-- What each round came to, for figures.
CREATE TABLE grievance_round (
  grievance_id TEXT NOT NULL REFERENCES grievance (id) ON DELETE CASCADE,
  round BIGINT NOT NULL,
  department_id TEXT,
  handler_id TEXT,
  begun_ms BIGINT NOT NULL,
  due_ms BIGINT NOT NULL,
  answered_ms BIGINT,
  outcome TEXT,
  called_back_ms BIGINT,
  is_reached BOOLEAN,
  is_solved BOOLEAN,
  grade TEXT,
  PRIMARY KEY (grievance_id, round)
);

-- What co-handlers have to do.
CREATE TABLE grievance_task (
  id TEXT PRIMARY KEY,
  grievance_id TEXT NOT NULL REFERENCES grievance (id) ON DELETE CASCADE,
  round BIGINT NOT NULL,
  department_id TEXT NOT NULL,
  handler_id TEXT NOT NULL,
  due_ms BIGINT NOT NULL,
  done_ms BIGINT,
  -- both sealed
  words TEXT NOT NULL,
  answer TEXT
);
CREATE INDEX grievance_task_by_case ON grievance_task (grievance_id);
CREATE INDEX grievance_task_by_handler ON grievance_task (handler_id);

CREATE TABLE grievance_supervision (
  id TEXT PRIMARY KEY,
  grievance_id TEXT NOT NULL REFERENCES grievance (id) ON DELETE CASCADE,
  level BIGINT NOT NULL,
  -- absent: the clock
  account_id TEXT,
  begun_ms BIGINT NOT NULL,
  signed_by TEXT,
  ended_ms BIGINT
);
CREATE INDEX grievance_supervision_by_case ON grievance_supervision (grievance_id);

-- What became of a case.
CREATE TABLE grievance_link (
  grievance_id TEXT NOT NULL REFERENCES grievance (id) ON DELETE CASCADE,
  -- station, report, activity, benefit or delivery
  kind TEXT NOT NULL,
  object TEXT NOT NULL,
  -- sealed
  note TEXT,
  account_id TEXT,
  at_ms BIGINT NOT NULL,
  PRIMARY KEY (grievance_id, kind, object)
);

-- What staff cleared for the public, in words written for it.
CREATE TABLE grievance_publication (
  grievance_id TEXT PRIMARY KEY REFERENCES grievance (id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  account_id TEXT,
  published_ms BIGINT NOT NULL
);
CREATE INDEX grievance_publication_by_time ON grievance_publication (published_ms);

-- What was told of a case's deadlines: each once for each due instant.
CREATE TABLE grievance_alarm (
  grievance_id TEXT NOT NULL REFERENCES grievance (id) ON DELETE CASCADE,
  -- step, soon, overdue, remind or escalate
  alarm TEXT NOT NULL,
  due_ms BIGINT NOT NULL,
  PRIMARY KEY (grievance_id, alarm, due_ms)
);
