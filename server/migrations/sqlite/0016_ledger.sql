-- The ledger grows only.
CREATE TRIGGER ledger_posting_stays BEFORE UPDATE ON ledger_posting
BEGIN SELECT RAISE(ABORT, 'a posting is never changed'); END;
CREATE TRIGGER ledger_posting_remains BEFORE DELETE ON ledger_posting
BEGIN SELECT RAISE(ABORT, 'a posting is never taken away'); END;
