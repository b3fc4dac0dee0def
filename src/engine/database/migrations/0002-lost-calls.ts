/** Vendors without an idempotency key: what identifies a call beside its id, how often it was looked for, what was found; timings and predictions. */
export const lostCalls = `
ALTER TABLE generations ADD COLUMN request_id TEXT;
ALTER TABLE generations ADD COLUMN looks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE generations ADD COLUMN balance_before REAL;
CREATE INDEX generations_vendor ON generations (vendor_id) WHERE vendor_id IS NOT NULL;
CREATE INDEX generations_request ON generations (request_id) WHERE request_id IS NOT NULL;

CREATE TABLE generation_evidence (
  seq INTEGER PRIMARY KEY,
  generation_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  message TEXT NOT NULL,
  balance_before REAL,
  balance_now REAL,
  candidates TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(candidates))
) STRICT;
CREATE INDEX generation_evidence_generation ON generation_evidence (generation_id);

CREATE TABLE take_timings (
  take_seq INTEGER PRIMARY KEY REFERENCES takes (seq),
  timings TEXT NOT NULL CHECK (json_valid(timings))
) STRICT;

-- What a vendor says a line will last, asked for free and at most once a line; teaches the forecast before there are takes.
CREATE TABLE predictions (
  recipe_hash TEXT PRIMARY KEY,
  voice_key TEXT NOT NULL,
  words REAL NOT NULL CHECK (words > 0),
  seconds REAL NOT NULL CHECK (seconds > 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX predictions_voice ON predictions (voice_key);
`;
