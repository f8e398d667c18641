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

-- What people with an account are told, in their inbox.
CREATE TABLE notification (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  -- a code that has words in both languages
  kind TEXT NOT NULL,
  object_type TEXT NOT NULL,
  object_id TEXT NOT NULL,
  -- the number that people know it by
  number TEXT,
  -- YYYY-MM-DD
  due TEXT,
  -- from when on it is shown
  at_ms BIGINT NOT NULL,
  read_ms BIGINT
);
CREATE INDEX notification_by_account ON notification (account_id, id);

-- Where somebody wants to be told besides. Addresses are sealed.
CREATE TABLE notification_setting (
  account_id TEXT PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  mail TEXT,
  phone TEXT,
  -- JSON: for each group of kinds its channels
  channels TEXT NOT NULL,
  -- the language of messages: zh-CN or en
  language TEXT NOT NULL,
  -- when the last message to it could not be delivered
  mail_failed_ms BIGINT,
  phone_failed_ms BIGINT
);

-- A message on its way out of the service. It names nobody: whose address it is for, the feature says when it
-- is sent.
CREATE TABLE delivery (
  -- told to the receiver with every try, so that repeats can be dropped
  id TEXT PRIMARY KEY,
  -- the feature that knows recipient and words, and which of its objects
  source TEXT NOT NULL,
  object_id TEXT NOT NULL,
  -- mail, sms or wechat
  channel TEXT NOT NULL,
  -- waiting, sent, failed or dropped (there was nothing to send any more)
  state TEXT NOT NULL,
  created_ms BIGINT NOT NULL,
  ended_ms BIGINT
);
CREATE INDEX delivery_by_object ON delivery (source, object_id);
