-- For so many years a case of it is kept once it has ended; absent: what the settings say.
ALTER TABLE grievance_category ADD COLUMN retain_years BIGINT;
-- keyed hash of the mail address, by which a person who asks finds his cases
ALTER TABLE grievance ADD COLUMN mail_hash TEXT;
CREATE INDEX grievance_by_mail ON grievance (mail_hash);
