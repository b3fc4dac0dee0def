/** What people do with what was rendered: earlier texts, verdicts, remarks, who listens, saved searches. */
export const studio = `
-- Every text a script ever had. The newest is the one in scripts, too.
CREATE TABLE script_revisions (
  script_id TEXT NOT NULL REFERENCES scripts (id),
  revision INTEGER NOT NULL CHECK (revision >= 1),
  source TEXT NOT NULL,
  person TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (script_id, revision)
) STRICT;
INSERT INTO script_revisions (script_id, revision, source, person, at)
  SELECT id, revision, source, '', updated_at FROM scripts;

ALTER TABLE lexicon_entries ADD COLUMN alphabet TEXT CHECK (alphabet IN ('ipa', 'cmu'));
ALTER TABLE lexicon_entries ADD COLUMN symbols TEXT CHECK ((alphabet IS NULL) = (symbols IS NULL));

-- Cells with problems are kept, two rows of one name among them; what is wrong is worked out from the cells.
-- variants.row orders the rows and may have gaps, so that one more row does not move all below it.
DROP INDEX variants_name;
CREATE INDEX variants_name ON variants (script_id, name);
ALTER TABLE variant_tables DROP COLUMN problems;
ALTER TABLE variant_tables ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;

-- Without a row a take is open. Free takes may be dropped and made again: their marks go with them.
CREATE TABLE take_verdicts (
  take_seq INTEGER PRIMARY KEY REFERENCES takes (seq) ON DELETE CASCADE,
  verdict TEXT NOT NULL CHECK (verdict IN ('approved', 'rejected')),
  person TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE take_hearings (
  take_seq INTEGER NOT NULL REFERENCES takes (seq) ON DELETE CASCADE,
  person TEXT NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  times INTEGER NOT NULL CHECK (times >= 1),
  PRIMARY KEY (take_seq, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE take_comments (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  take_seq INTEGER NOT NULL REFERENCES takes (seq) ON DELETE CASCADE,
  at_ms REAL CHECK (at_ms >= 0),
  text TEXT NOT NULL CHECK (text <> ''),
  person TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  resolved_at INTEGER,
  removed_at INTEGER
) STRICT;
CREATE INDEX take_comments_take ON take_comments (take_seq) WHERE removed_at IS NULL;

-- What a client answered to a review package; the same answer is taken once.
CREATE TABLE client_answers (
  take_seq INTEGER NOT NULL REFERENCES takes (seq) ON DELETE CASCADE,
  person TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('open', 'approved', 'rejected')),
  at INTEGER NOT NULL,
  package_id TEXT NOT NULL,
  PRIMARY KEY (take_seq, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE review_assignments (
  recipe_id INTEGER PRIMARY KEY REFERENCES recipes (id),
  person TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE people (
  name TEXT PRIMARY KEY CHECK (name <> ''),
  added_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE saved_searches (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  query TEXT NOT NULL CHECK (json_valid(query)),
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How long a call holds its place in a workspace: what a batch's time is reckoned from.
ALTER TABLE workspace_learning ADD COLUMN slot_ms REAL;

-- Of entries that were made elsewhere; our own have their render's project.
ALTER TABLE history_entries ADD COLUMN project_id TEXT REFERENCES projects (id);

-- What left a run shows in it, so that places in the list are known to be right without counting them.
ALTER TABLE history_runs ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
UPDATE history_runs SET removed = high_seq - low_seq + 1 -
  (SELECT count(*) FROM history_entries e WHERE e.seq BETWEEN history_runs.low_seq AND history_runs.high_seq);
`;
