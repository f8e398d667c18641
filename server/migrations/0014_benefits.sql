-- Members of the union. Names and numbers are sealed; keyed hashes find an exact one.
CREATE TABLE member (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  -- the union's own number of the member
  number TEXT UNIQUE,
  -- absent once the person was erased
  name TEXT,
  name_hash TEXT,
  phone TEXT,
  phone_hash TEXT UNIQUE,
  -- the last four digits, for people who look at a list
  phone_end TEXT,
  -- the identity number itself is kept nowhere
  id_hash TEXT UNIQUE,
  id_end TEXT,
  union_name TEXT NOT NULL,
  trade TEXT,
  district TEXT NOT NULL,
  -- active or left
  state TEXT NOT NULL,
  joined_on TEXT,
  created_ms BIGINT NOT NULL,
  left_ms BIGINT,
  is_demonstration BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX member_by_union ON member (union_name, id);
CREATE INDEX member_by_name ON member (name_hash);

-- Cards that somebody else issues, registered here.
CREATE TABLE member_card (
  id TEXT PRIMARY KEY,
  member_id TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
  -- member, bank or fuel
  kind TEXT NOT NULL,
  issuer TEXT NOT NULL,
  number_hash TEXT NOT NULL,
  number_end TEXT NOT NULL,
  issued_on TEXT,
  registered_ms BIGINT NOT NULL,
  ended_ms BIGINT,
  UNIQUE (kind, number_hash)
);
CREATE INDEX member_card_by_member ON member_card (member_id);

-- A list of members on its way in: what the file said is sealed, and gone once it was committed or given up.
CREATE TABLE member_import (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  -- waiting, committed or dropped
  state TEXT NOT NULL,
  file_name TEXT NOT NULL,
  account_id TEXT,
  -- the district that the list is for, where it is for one
  district TEXT,
  made_ms BIGINT NOT NULL,
  ended_ms BIGINT,
  -- JSON: union, district and how columns are read
  options TEXT NOT NULL,
  -- sealed
  sheet TEXT,
  -- JSON: how many rows did what
  outcome TEXT
);
-- Raised by each list that is written; its one row is locked until then, so that two never weigh the same members.
CREATE TABLE member_roster (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  written BIGINT NOT NULL
);
INSERT INTO member_roster (id, written) VALUES (1, 0);

-- One-time codes for a phone, of which the newest counts. The number and the code are sealed until they were sent.
CREATE TABLE phone_code (
  phone_hash TEXT PRIMARY KEY,
  id TEXT NOT NULL,
  code_hash TEXT NOT NULL,
  letter TEXT,
  made_ms BIGINT NOT NULL,
  expires_ms BIGINT NOT NULL,
  tries BIGINT NOT NULL,
  -- how many codes were asked for since then
  since_ms BIGINT NOT NULL,
  asked BIGINT NOT NULL
);
-- Sessions of phones: a phone is that of a member, of a clerk, or of somebody who is both.
CREATE TABLE phone_session (
  secret_hash TEXT PRIMARY KEY,
  phone_hash TEXT NOT NULL,
  started_ms BIGINT NOT NULL,
  seen_ms BIGINT NOT NULL,
  expires_ms BIGINT NOT NULL
);
CREATE INDEX phone_session_by_phone ON phone_session (phone_hash);

CREATE TABLE merchant (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  name TEXT NOT NULL UNIQUE,
  district TEXT NOT NULL,
  contact TEXT,
  -- active, suspended or ended
  state TEXT NOT NULL,
  joined_on TEXT NOT NULL,
  created_ms BIGINT NOT NULL,
  is_demonstration BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE TABLE store (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  merchant_id TEXT NOT NULL REFERENCES merchant (id),
  name TEXT NOT NULL,
  district TEXT NOT NULL,
  address TEXT NOT NULL,
  lon DOUBLE PRECISION NOT NULL,
  lat DOUBLE PRECISION NOT NULL,
  -- in the grammar of opening hours
  hours TEXT,
  phone TEXT,
  is_active BOOLEAN NOT NULL,
  UNIQUE (merchant_id, name)
);
-- Who redeems at a store.
CREATE TABLE clerk (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  merchant_id TEXT NOT NULL REFERENCES merchant (id),
  store_id TEXT NOT NULL REFERENCES store (id),
  -- sealed
  name TEXT NOT NULL,
  phone TEXT NOT NULL,
  phone_hash TEXT NOT NULL UNIQUE,
  phone_end TEXT NOT NULL,
  -- whether he sees the merchant's statements and every store
  is_lead BOOLEAN NOT NULL,
  is_active BOOLEAN NOT NULL,
  -- codes that were none, since the last good one
  misses BIGINT NOT NULL,
  locked_until_ms BIGINT
);
CREATE TABLE offer (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  merchant_id TEXT NOT NULL REFERENCES merchant (id),
  -- clothing, food, housing, travel or other
  category TEXT NOT NULL,
  title TEXT NOT NULL,
  rule TEXT NOT NULL,
  -- what is shown: member_card, voucher or nothing
  shown TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  is_public BOOLEAN NOT NULL,
  created_ms BIGINT NOT NULL
);
-- Where an offer holds; without a row, at every store of its merchant.
CREATE TABLE offer_store (
  offer_id TEXT NOT NULL REFERENCES offer (id) ON DELETE CASCADE,
  store_id TEXT NOT NULL REFERENCES store (id),
  PRIMARY KEY (offer_id, store_id)
);
-- Raised by each transaction that changes what the public sees of benefits; its one row is locked until then.
CREATE TABLE benefit_revision (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  revision BIGINT NOT NULL
);
INSERT INTO benefit_revision (id, revision) VALUES (1, 0);

-- Vouchers that are given out under one set of rules.
CREATE TABLE campaign (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  name TEXT NOT NULL,
  rule TEXT NOT NULL,
  -- what it belongs to, such as 511
  project TEXT,
  category TEXT NOT NULL,
  -- absent: the whole city
  district TEXT,
  -- draft, running, frozen or ended
  state TEXT NOT NULL,
  -- first_come or draw
  mode TEXT NOT NULL,
  opens_ms BIGINT NOT NULL,
  closes_ms BIGINT NOT NULL,
  -- a voucher expires at this instant, or so many days after it was issued
  valid_until_ms BIGINT,
  valid_days BIGINT,
  face_fen BIGINT NOT NULL CHECK (face_fen > 0),
  -- what of it the union pays; the merchant bears the rest
  union_fen BIGINT NOT NULL,
  -- the least bill that a voucher may be used for
  min_spend_fen BIGINT NOT NULL CHECK (min_spend_fen >= 0),
  is_partial BOOLEAN NOT NULL,
  -- how many vouchers one member may have: in all, on a day, in a month
  limit_total BIGINT NOT NULL CHECK (limit_total > 0),
  limit_day BIGINT CHECK (limit_day > 0),
  limit_month BIGINT CHECK (limit_month > 0),
  -- JSON
  eligibility TEXT NOT NULL,
  -- in a draw, the tickets of somebody who never won; others have one
  weight_never_won BIGINT NOT NULL CHECK (weight_never_won BETWEEN 1 AND 10),
  frozen_reason TEXT,
  created_ms BIGINT NOT NULL,
  CHECK (union_fen BETWEEN 0 AND face_fen),
  CHECK (closes_ms > opens_ms),
  CHECK ((valid_until_ms IS NULL) <> (valid_days IS NULL))
);
-- What is left of a campaign, apart from its rules: every claim writes it.
CREATE TABLE campaign_stock (
  campaign_id TEXT PRIMARY KEY REFERENCES campaign (id) ON DELETE CASCADE,
  stock BIGINT NOT NULL,
  issued BIGINT NOT NULL,
  budget_fen BIGINT NOT NULL,
  -- the union's part of all vouchers issued
  spent_fen BIGINT NOT NULL,
  CHECK (issued BETWEEN 0 AND stock),
  CHECK (spent_fen BETWEEN 0 AND budget_fen)
);
-- Where its vouchers are redeemed; without a row, at every merchant. An empty store is every store of the merchant.
CREATE TABLE campaign_place (
  campaign_id TEXT NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
  merchant_id TEXT NOT NULL REFERENCES merchant (id),
  store_id TEXT NOT NULL,
  PRIMARY KEY (campaign_id, merchant_id, store_id)
);

CREATE TABLE voucher (
  id TEXT PRIMARY KEY,
  campaign_id TEXT NOT NULL REFERENCES campaign (id),
  member_id TEXT NOT NULL REFERENCES member (id),
  -- issued, redeemed, expired or void
  state TEXT NOT NULL,
  face_fen BIGINT NOT NULL,
  union_fen BIGINT NOT NULL,
  -- what of it is neither redeemed, expired nor void
  left_fen BIGINT NOT NULL,
  issued_ms BIGINT NOT NULL,
  expires_ms BIGINT NOT NULL,
  ended_ms BIGINT,
  CHECK (left_fen BETWEEN 0 AND face_fen),
  CHECK (state = 'issued' OR left_fen = 0),
  CHECK (state <> 'issued' OR left_fen > 0)
);
CREATE INDEX voucher_by_member ON voucher (member_id, id);
CREATE INDEX voucher_by_campaign ON voucher (campaign_id, id);
CREATE INDEX voucher_live ON voucher (expires_ms) WHERE state = 'issued';
-- The n-th voucher of a member in a campaign, in all (period `total`), on a day and in a month: a limit is this key.
CREATE TABLE claim_slot (
  campaign_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  period TEXT NOT NULL,
  n BIGINT NOT NULL,
  voucher_id TEXT NOT NULL REFERENCES voucher (id),
  PRIMARY KEY (campaign_id, member_id, period, n)
);
-- Codes on screen. Neither code nor voucher can be told from a row without the service's secret.
CREATE TABLE voucher_code (
  code_hash TEXT PRIMARY KEY,
  voucher_id TEXT NOT NULL REFERENCES voucher (id),
  -- a keyed hash of code, voucher and end, so that no row can be moved to another voucher
  bond TEXT NOT NULL,
  expires_ms BIGINT NOT NULL,
  redemption_id TEXT
);
CREATE INDEX voucher_code_by_voucher ON voucher_code (voucher_id);
CREATE INDEX voucher_code_by_end ON voucher_code (expires_ms);

-- What a merchant was closed its books with.
CREATE TABLE settlement (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  merchant_id TEXT NOT NULL REFERENCES merchant (id),
  -- everything up to the end of this day that no earlier one holds
  until_day TEXT NOT NULL,
  redemptions BIGINT NOT NULL,
  amount_fen BIGINT NOT NULL,
  union_fen BIGINT NOT NULL,
  adjusted_fen BIGINT NOT NULL,
  made_ms BIGINT NOT NULL,
  account_id TEXT,
  UNIQUE (merchant_id, until_day)
);
CREATE TABLE redemption (
  id TEXT PRIMARY KEY,
  voucher_id TEXT NOT NULL REFERENCES voucher (id),
  campaign_id TEXT NOT NULL,
  merchant_id TEXT NOT NULL REFERENCES merchant (id),
  store_id TEXT NOT NULL REFERENCES store (id),
  clerk_id TEXT NOT NULL REFERENCES clerk (id),
  amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
  -- what of it the union owes the merchant
  union_fen BIGINT NOT NULL,
  -- the whole bill, where it was said
  purchase_fen BIGINT,
  at_ms BIGINT NOT NULL,
  -- how far the clerk's phone was from the store, in hundreds of metres; never where
  distance_m BIGINT,
  reversed_ms BIGINT,
  settlement_id TEXT REFERENCES settlement (id),
  CHECK (union_fen BETWEEN 0 AND amount_fen),
  CHECK (reversed_ms IS NULL OR settlement_id IS NULL)
);
CREATE INDEX redemption_by_voucher ON redemption (voucher_id);
CREATE INDEX redemption_by_merchant ON redemption (merchant_id, at_ms);
CREATE INDEX redemption_by_store ON redemption (store_id, at_ms);
CREATE INDEX redemption_by_campaign ON redemption (campaign_id, at_ms);
-- A redemption that was taken back: once.
CREATE TABLE reversal (
  redemption_id TEXT PRIMARY KEY REFERENCES redemption (id),
  clerk_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  at_ms BIGINT NOT NULL
);
-- What is put right after a settlement; it counts in the next one.
CREATE TABLE adjustment (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchant (id),
  redemption_id TEXT NOT NULL REFERENCES redemption (id),
  -- what the union owes the merchant more, or less
  amount_fen BIGINT NOT NULL CHECK (amount_fen <> 0),
  reason TEXT NOT NULL,
  account_id TEXT,
  at_ms BIGINT NOT NULL,
  settlement_id TEXT REFERENCES settlement (id)
);
CREATE INDEX adjustment_by_merchant ON adjustment (merchant_id, at_ms);

-- The ledger. A row moves an amount from one account to another, so all of them together are always zero.
-- Nothing in it is ever changed or taken away.
CREATE TABLE ledger_posting (
  -- what it was posted for: a campaign, voucher, redemption, adjustment or settlement
  object_id TEXT NOT NULL,
  -- fund, issue, redeem, reverse, expire, void, adjust or settle
  kind TEXT NOT NULL,
  line BIGINT NOT NULL,
  debit TEXT NOT NULL,
  credit TEXT NOT NULL,
  amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
  campaign_id TEXT,
  voucher_id TEXT,
  merchant_id TEXT,
  at_ms BIGINT NOT NULL,
  PRIMARY KEY (object_id, kind, line),
  CHECK (debit <> credit)
);
CREATE INDEX ledger_posting_by_campaign ON ledger_posting (campaign_id);
CREATE INDEX ledger_posting_by_merchant ON ledger_posting (merchant_id, at_ms);

-- Answers to claims and redemptions, each written in the transaction of what it tells.
CREATE TABLE benefit_request (
  owner TEXT NOT NULL,
  request_key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  status BIGINT NOT NULL,
  body TEXT NOT NULL,
  made_ms BIGINT NOT NULL,
  PRIMARY KEY (owner, request_key)
);
CREATE INDEX benefit_request_by_age ON benefit_request (made_ms);

-- A draw: its commitment is public from the start, its seed once it was drawn.
CREATE TABLE draw (
  campaign_id TEXT PRIMARY KEY REFERENCES campaign (id) ON DELETE CASCADE,
  commitment TEXT NOT NULL,
  -- sealed until it was drawn
  seed TEXT NOT NULL,
  entries BIGINT NOT NULL,
  -- SHA-256 of the list of entries
  digest TEXT,
  drawn_ms BIGINT
);
CREATE TABLE draw_entry (
  campaign_id TEXT NOT NULL REFERENCES draw (campaign_id) ON DELETE CASCADE,
  number BIGINT NOT NULL,
  member_id TEXT NOT NULL REFERENCES member (id),
  weight BIGINT NOT NULL,
  entered_ms BIGINT NOT NULL,
  has_won BOOLEAN,
  PRIMARY KEY (campaign_id, number),
  UNIQUE (campaign_id, member_id)
);
CREATE INDEX draw_entry_by_member ON draw_entry (member_id);

-- A target beside what was reached.
CREATE TABLE benefit_goal (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  project TEXT NOT NULL,
  -- cards, merchants, offers, campaigns, person_times, issued_fen or saved_fen
  measure TEXT NOT NULL,
  target BIGINT NOT NULL CHECK (target > 0),
  from_day TEXT NOT NULL,
  until_day TEXT NOT NULL,
  UNIQUE (project, measure)
);
-- What others report that members saved, such as the issuer of fuel cards, by month.
CREATE TABLE reported_saving (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  source TEXT NOT NULL,
  project TEXT,
  district TEXT,
  month TEXT NOT NULL,
  persons BIGINT NOT NULL,
  person_times BIGINT NOT NULL,
  issued_fen BIGINT NOT NULL,
  saved_fen BIGINT NOT NULL,
  UNIQUE (source, month)
);
CREATE TABLE benefit_alarm (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  -- velocity, distance, misses or night
  kind TEXT NOT NULL,
  -- what raised it, once: kind, object and window
  alarm_key TEXT NOT NULL UNIQUE,
  campaign_id TEXT,
  merchant_id TEXT,
  store_id TEXT,
  clerk_id TEXT,
  member_id TEXT,
  found BIGINT NOT NULL,
  bound BIGINT NOT NULL,
  at_ms BIGINT NOT NULL,
  -- absent while nobody looked
  seen_ms BIGINT,
  account_id TEXT
);
CREATE INDEX benefit_alarm_by_time ON benefit_alarm (at_ms);
