-- Every write, in the order of commits. Each row's hash covers the row and the hash before it.
CREATE TABLE audit (
  seq BIGINT PRIMARY KEY,
  at_ms BIGINT NOT NULL,
  -- no name: a person can be erased, a link of the chain cannot
  account_id TEXT,
  -- session, token, command or system
  via TEXT NOT NULL,
  action TEXT NOT NULL,
  object_kind TEXT NOT NULL,
  object_id TEXT NOT NULL,
  district TEXT,
  -- canonical JSON
  detail TEXT NOT NULL,
  -- SHA-256, hexadecimal
  hash TEXT NOT NULL
);
CREATE INDEX audit_by_object ON audit (object_kind, object_id);
CREATE INDEX audit_by_account ON audit (account_id);

-- The end of the chain. Its row is locked by each writer until the commit, so the chain is gap-free.
CREATE TABLE audit_chain (
  one BIGINT PRIMARY KEY CHECK (one = 1),
  seq BIGINT NOT NULL,
  hash TEXT NOT NULL
);
INSERT INTO audit_chain (one, seq, hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- The end of the chain as it was signed, every minute in which it moved.
CREATE TABLE audit_head (
  seq BIGINT PRIMARY KEY,
  hash TEXT NOT NULL,
  at_ms BIGINT NOT NULL,
  -- the public key and the signature, Ed25519, hexadecimal
  signer TEXT NOT NULL,
  signature TEXT NOT NULL
);
