-- Pictures that people send in, already decoded and written anew. What no request has named within an hour of
-- its coming is removed. The pictures stand last: whoever reads the rest of a row does not read them.
CREATE TABLE picture (
  id TEXT PRIMARY KEY,
  added_ms BIGINT NOT NULL,
  -- report or finding; absent: not yet named by a request
  used_for TEXT,
  object_id TEXT,
  -- pixels of the large picture
  width BIGINT NOT NULL,
  height BIGINT NOT NULL,
  -- both JPEG
  large BLOB NOT NULL,
  small BLOB NOT NULL
);
CREATE INDEX picture_by_object ON picture (object_id);

-- The file of an import as it came, for the workbook that goes back, and the sheet that was read from it:
-- gzipped JSON.
CREATE TABLE import_file (
  import_id TEXT PRIMARY KEY,
  file BLOB NOT NULL,
  sheet BLOB NOT NULL
);
