-- What a new database is filled with: districts, place names, the working calendar, vocabularies.
CREATE TABLE district (
  -- GB/T 2260
  adcode TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  name_en TEXT NOT NULL,
  -- GeoJSON MultiPolygon, WGS-84
  area TEXT NOT NULL
);

CREATE TABLE place (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  name_zh TEXT,
  lon DOUBLE PRECISION NOT NULL,
  lat DOUBLE PRECISION NOT NULL,
  population BIGINT NOT NULL,
  district TEXT
);

-- Days that the State Council's notice of a year makes a day off, or a day of work.
CREATE TABLE calendar_day (
  day TEXT PRIMARY KEY,
  -- off or work
  kind TEXT NOT NULL,
  name TEXT NOT NULL
);

-- Years whose notice is loaded; any other year is not yet published, which is not "no holidays".
CREATE TABLE calendar_year (
  year BIGINT PRIMARY KEY
);

-- The words of each code. The codes are fixed, the words are the city's.
CREATE TABLE vocabulary (
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  zh TEXT NOT NULL,
  en TEXT NOT NULL,
  -- what clerks write instead, separated by |
  synonyms TEXT NOT NULL,
  PRIMARY KEY (kind, code)
);
