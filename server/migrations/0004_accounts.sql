-- People who work with the service, and programs that work for them.
CREATE TABLE account (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  -- lower case; what one signs in with
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  -- the union or office one works for
  unit TEXT,
  -- a PHC string of Argon2id; absent until the first password is set
  password TEXT,
  must_change_password BOOLEAN NOT NULL,
  blocked BOOLEAN NOT NULL,
  -- the shared secret of one-time codes, sealed with a key that is not in the database
  totp_sealed TEXT,
  -- a secret that was offered and not yet confirmed by a code
  totp_offered TEXT,
  -- the last step of 30 seconds whose code was used, so that no code works twice
  totp_step BIGINT,
  last_login_ms BIGINT,
  erased_ms BIGINT,
  created_ms BIGINT NOT NULL,
  changed_ms BIGINT NOT NULL
);

-- What an account may do, and in which districts.
CREATE TABLE account_grant (
  account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  -- the leading digits of district codes; empty: everywhere
  scope TEXT NOT NULL,
  PRIMARY KEY (account_id, role, scope)
);

-- The stations that a keeper keeps.
CREATE TABLE account_station (
  account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  station_id TEXT NOT NULL REFERENCES station (id) ON DELETE CASCADE,
  PRIMARY KEY (account_id, station_id)
);

-- Codes that stand in for a lost phone, each once.
CREATE TABLE recovery_code (
  account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  hash TEXT NOT NULL,
  PRIMARY KEY (account_id, hash)
);

CREATE TABLE session (
  -- SHA-256 of the secret in the cookie
  hash TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  created_ms BIGINT NOT NULL,
  seen_ms BIGINT NOT NULL,
  ends_ms BIGINT NOT NULL
);
CREATE INDEX session_by_account ON session (account_id);

-- Browsers from which an account has signed in before. They have their own count of failures, so that
-- strangers who guess at a login cannot lock its owner out.
CREATE TABLE known_device (
  hash TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  seen_ms BIGINT NOT NULL
);

-- Failed sign-ins of a window. The subject is a hash: of a login, or of a known device.
CREATE TABLE login_failure (
  subject TEXT PRIMARY KEY,
  since_ms BIGINT NOT NULL,
  failures BIGINT NOT NULL
);

-- A secret link, good once: the set-up of the service, a new account, a reset by an admin.
CREATE TABLE invitation (
  hash TEXT PRIMARY KEY,
  purpose TEXT NOT NULL,
  account_id TEXT REFERENCES account (id) ON DELETE CASCADE,
  expires_ms BIGINT NOT NULL
);

-- A program's key, which may do a part of what its account may.
CREATE TABLE token (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  -- SHA-256 of the secret
  hash TEXT NOT NULL UNIQUE,
  -- JSON array of permissions
  permissions TEXT NOT NULL,
  scope TEXT NOT NULL,
  created_ms BIGINT NOT NULL,
  expires_ms BIGINT NOT NULL,
  last_used_ms BIGINT
);
CREATE INDEX token_by_account ON token (account_id);

-- Answers to requests that carried a key, so that a repeated request is not carried out twice.
CREATE TABLE idempotency (
  -- the account, and the key that it chose
  account_id TEXT NOT NULL,
  request_key TEXT NOT NULL,
  -- SHA-256 of verb, path and body
  fingerprint TEXT NOT NULL,
  -- whether the transaction of the request was committed
  done BOOLEAN NOT NULL,
  -- absent while the request is in progress
  status BIGINT,
  -- JSON object of the headers that belong to the answer
  headers TEXT,
  body TEXT,
  created_ms BIGINT NOT NULL,
  PRIMARY KEY (account_id, request_key)
);

-- What the city says of itself, changed on the screen and not in the settings.
CREATE TABLE city_setting (
  one BIGINT PRIMARY KEY CHECK (one = 1),
  version BIGINT NOT NULL,
  union_name TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  hotline TEXT NOT NULL,
  -- three_steps, two_steps or one_step
  approval TEXT NOT NULL
);

-- Texts that people agree to. A changed text is a new version; an old one stays as it was agreed to.
CREATE TABLE consent (
  kind TEXT NOT NULL,
  version BIGINT NOT NULL,
  zh TEXT NOT NULL,
  en TEXT NOT NULL,
  published_ms BIGINT NOT NULL,
  PRIMARY KEY (kind, version)
);
CREATE TABLE consent_given (
  account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  version BIGINT NOT NULL,
  given_ms BIGINT NOT NULL,
  PRIMARY KEY (account_id, kind, version)
);
