/**
 * The foundation: workspaces, projects, scripts, recipes, takes, renders, jobs, generations, ledger.
 * `CHECK`s and triggers make impossible rows impossible; `engine/queue/transitions.ts` is the same table as pure code.
 */
export const foundation = `
CREATE TABLE workspaces (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  provider TEXT NOT NULL CHECK (provider IN ('scratch', 'chosen', 'elevenlabs', 'supertone')),
  name TEXT NOT NULL,
  base_url TEXT,
  settings TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(settings)),
  key_hint TEXT,
  paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
  created_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX workspaces_name ON workspaces (name) WHERE removed_at IS NULL;

CREATE TABLE projects (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE lexicon_entries (
  project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  word TEXT NOT NULL CHECK (word <> ''),
  say TEXT NOT NULL,
  language TEXT,
  case_sensitive INTEGER NOT NULL CHECK (case_sensitive IN (0, 1)),
  PRIMARY KEY (project_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE scripts (
  id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL REFERENCES projects (id),
  path TEXT NOT NULL,
  title TEXT NOT NULL,
  slot_seconds REAL,
  revision INTEGER NOT NULL CHECK (revision >= 1),
  source TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX scripts_path ON scripts (project_id, path) WHERE removed_at IS NULL;

-- Lines keep their rows when they leave the script: takes still belong to them.
CREATE TABLE script_lines (
  id TEXT PRIMARY KEY,
  script_id TEXT NOT NULL REFERENCES scripts (id),
  position INTEGER,
  character TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX script_lines_script ON script_lines (script_id, position);

CREATE TABLE variant_tables (
  script_id TEXT PRIMARY KEY REFERENCES scripts (id),
  columns TEXT NOT NULL CHECK (json_valid(columns)),
  problems TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(problems))
) STRICT, WITHOUT ROWID;
CREATE TABLE variants (
  script_id TEXT NOT NULL REFERENCES scripts (id),
  row INTEGER NOT NULL,
  name TEXT NOT NULL,
  cells TEXT NOT NULL CHECK (json_valid(cells)),
  voices TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(voices)),
  PRIMARY KEY (script_id, row)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX variants_name ON variants (script_id, name);

CREATE TABLE recipes (
  id INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
  kind TEXT NOT NULL CHECK (kind IN ('speech', 'joined')),
  provider TEXT,
  voice TEXT NOT NULL,
  text TEXT NOT NULL,
  characters INTEGER NOT NULL CHECK (characters > 0),
  canonical TEXT NOT NULL
) STRICT;
CREATE TABLE recipe_parts (
  recipe_id INTEGER NOT NULL REFERENCES recipes (id),
  position INTEGER NOT NULL,
  part_id INTEGER NOT NULL REFERENCES recipes (id),
  gap_after_ms INTEGER NOT NULL CHECK (gap_after_ms >= 0),
  PRIMARY KEY (recipe_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX recipe_parts_part ON recipe_parts (part_id);

CREATE TABLE renders (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  project_id TEXT NOT NULL REFERENCES projects (id),
  script_id TEXT REFERENCES scripts (id),
  script_revision INTEGER,
  title TEXT NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('render', 'audition')),
  state TEXT NOT NULL CHECK (state IN ('preparing', 'active', 'paused', 'over_budget', 'done', 'cancelled')),
  takes INTEGER NOT NULL CHECK (takes >= 1),
  budget_credits REAL CHECK (budget_credits >= 0),
  priority INTEGER NOT NULL DEFAULT 0,
  person TEXT NOT NULL,
  machine TEXT NOT NULL,
  item_count INTEGER NOT NULL DEFAULT 0,
  owned_count INTEGER NOT NULL DEFAULT 0,
  unit_count INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  finished_at INTEGER,
  CHECK ((state IN ('done', 'cancelled')) = (finished_at IS NOT NULL))
) STRICT;
CREATE INDEX renders_open ON renders (state, priority DESC, seq) WHERE state IN ('preparing', 'active', 'paused', 'over_budget');

-- An item points at its unit (recipe, take number); the job or the take is found through it.
CREATE TABLE render_items (
  render_seq INTEGER NOT NULL REFERENCES renders (seq),
  position INTEGER NOT NULL,
  variant TEXT NOT NULL,
  line_id TEXT,
  line_position INTEGER NOT NULL,
  character TEXT NOT NULL,
  recipe_id INTEGER NOT NULL REFERENCES recipes (id),
  take_no INTEGER NOT NULL CHECK (take_no >= 1),
  leading_pause_ms INTEGER NOT NULL CHECK (leading_pause_ms >= 0),
  trailing_pause_ms INTEGER NOT NULL CHECK (trailing_pause_ms >= 0),
  PRIMARY KEY (render_seq, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX render_items_line ON render_items (line_id, recipe_id);

CREATE TABLE jobs (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  workspace_seq INTEGER NOT NULL REFERENCES workspaces (seq),
  render_seq INTEGER NOT NULL REFERENCES renders (seq),
  kind TEXT NOT NULL CHECK (kind IN ('speech', 'join')),
  recipe_id INTEGER NOT NULL REFERENCES recipes (id),
  take_no INTEGER NOT NULL CHECK (take_no >= 1),
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'uncertain', 'succeeded', 'failed', 'cancelled')),
  resolution TEXT CHECK (resolution IN ('automatic', 'ask')),
  claim_id TEXT,
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  retry_at INTEGER,
  waiting_parts INTEGER NOT NULL DEFAULT 0 CHECK (waiting_parts >= 0),
  generation_id TEXT,
  held_credits REAL CHECK (held_credits > 0),
  error_code TEXT,
  error_message TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  CHECK ((state = 'running') = (claim_id IS NOT NULL)),
  CHECK ((state = 'uncertain') = (resolution IS NOT NULL)),
  CHECK (state <> 'uncertain' OR generation_id IS NOT NULL),
  CHECK (retry_at IS NULL OR state IN ('queued', 'uncertain')),
  CHECK (state <> 'failed' OR error_code IS NOT NULL),
  CHECK (kind = 'speech' OR (generation_id IS NULL AND held_credits IS NULL)),
  CHECK (held_credits IS NULL OR state IN ('queued', 'running', 'uncertain'))
) STRICT;
-- A second open job for one paid unit is impossible.
CREATE UNIQUE INDEX jobs_unit ON jobs (recipe_id, take_no) WHERE state IN ('queued', 'running', 'uncertain');
CREATE INDEX jobs_closed_unit ON jobs (recipe_id, take_no) WHERE state IN ('failed', 'cancelled');
CREATE INDEX jobs_order ON jobs (render_seq, workspace_seq, state, seq);
CREATE INDEX jobs_retry ON jobs (workspace_seq, retry_at) WHERE retry_at IS NOT NULL;
CREATE INDEX jobs_uncertain ON jobs (workspace_seq, resolution) WHERE state = 'uncertain';
CREATE INDEX jobs_running ON jobs (workspace_seq) WHERE state = 'running';
CREATE TRIGGER jobs_transition BEFORE UPDATE OF state ON jobs
WHEN OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN (
  'queued>running', 'queued>cancelled', 'queued>failed', 'queued>succeeded',
  'running>succeeded', 'running>queued', 'running>failed', 'running>uncertain',
  'uncertain>running', 'uncertain>succeeded', 'uncertain>queued', 'uncertain>cancelled', 'uncertain>failed',
  'failed>queued', 'failed>succeeded', 'cancelled>queued', 'cancelled>succeeded')
BEGIN SELECT RAISE(ABORT, 'impossible job transition'); END;

-- A render that needs a job which another render pays for.
CREATE TABLE render_attachments (
  render_seq INTEGER NOT NULL REFERENCES renders (seq),
  job_seq INTEGER NOT NULL REFERENCES jobs (seq),
  PRIMARY KEY (render_seq, job_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX render_attachments_job ON render_attachments (job_seq);

CREATE TABLE generations (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  job_seq INTEGER NOT NULL REFERENCES jobs (seq),
  render_seq INTEGER NOT NULL REFERENCES renders (seq),
  state TEXT NOT NULL CHECK (state IN ('created', 'submitted', 'accepted', 'stored', 'settled', 'unknown')),
  method TEXT NOT NULL,
  url TEXT NOT NULL,
  content_type TEXT NOT NULL,
  body BLOB NOT NULL,
  idempotency_key TEXT,
  base_url TEXT NOT NULL,
  key_fingerprint TEXT,
  vendor_id TEXT,
  estimate_credits REAL,
  charged_credits REAL,
  created_at INTEGER NOT NULL,
  submitted_at INTEGER,
  accepted_at INTEGER,
  settled_at INTEGER,
  CHECK (state = 'created' OR submitted_at IS NOT NULL),
  CHECK ((state = 'settled') = (settled_at IS NOT NULL))
) STRICT;
CREATE INDEX generations_job ON generations (job_seq);
CREATE UNIQUE INDEX generations_key ON generations (idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX generations_unsettled ON generations (state) WHERE state <> 'settled';
-- What was sent never changes after it was written down.
CREATE TRIGGER generations_immutable BEFORE UPDATE OF method, url, body, idempotency_key, base_url, key_fingerprint, job_seq ON generations
BEGIN SELECT RAISE(ABORT, 'a generation''s request is immutable'); END;

CREATE TABLE takes (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  recipe_id INTEGER NOT NULL REFERENCES recipes (id),
  take_no INTEGER NOT NULL CHECK (take_no >= 1),
  generation_id TEXT,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  format TEXT NOT NULL,
  bytes INTEGER NOT NULL CHECK (bytes > 0),
  duration_ms REAL NOT NULL CHECK (duration_ms >= 0),
  sample_rate INTEGER,
  channels INTEGER,
  loudness_lufs REAL,
  true_peak_db REAL,
  suspect TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX takes_unit ON takes (recipe_id, take_no);
CREATE INDEX takes_file ON takes (sha256);
CREATE INDEX takes_suspect ON takes (seq) WHERE suspect IS NOT NULL;
CREATE TABLE take_peaks (
  take_seq INTEGER PRIMARY KEY REFERENCES takes (seq),
  samples_per_peak INTEGER NOT NULL CHECK (samples_per_peak >= 1),
  peaks BLOB NOT NULL
) STRICT;
CREATE TABLE selections (
  recipe_id INTEGER PRIMARY KEY REFERENCES recipes (id),
  take_seq INTEGER NOT NULL REFERENCES takes (seq)
) STRICT;

CREATE TABLE ledger (
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('hold', 'release', 'charge', 'refund', 'adjustment')),
  credits REAL NOT NULL CHECK (credits >= 0 OR kind = 'adjustment'),
  job_seq INTEGER NOT NULL REFERENCES jobs (seq),
  generation_id TEXT,
  render_seq INTEGER NOT NULL REFERENCES renders (seq),
  project_id TEXT NOT NULL,
  person TEXT NOT NULL,
  machine TEXT NOT NULL,
  at INTEGER NOT NULL,
  note TEXT,
  CHECK (kind IN ('hold', 'release') OR generation_id IS NOT NULL)
) STRICT;
CREATE INDEX ledger_generation ON ledger (generation_id) WHERE generation_id IS NOT NULL;
CREATE INDEX ledger_render ON ledger (render_seq, kind, credits);
CREATE TRIGGER ledger_append_only_update BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
-- REPLACE deletes without asking the trigger below.
CREATE TRIGGER ledger_append_only_insert BEFORE INSERT ON ledger WHEN EXISTS (SELECT 1 FROM ledger WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_append_only_delete BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- What is learned: speaking rate per voice, price and service time per workspace.
CREATE TABLE voice_rates (
  voice_key TEXT PRIMARY KEY,
  takes INTEGER NOT NULL,
  words REAL NOT NULL,
  seconds REAL NOT NULL,
  squares REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE workspace_learning (
  workspace_seq INTEGER PRIMARY KEY REFERENCES workspaces (seq),
  credits_per_character REAL,
  service_ms REAL,
  service_deviation_ms REAL,
  concurrency INTEGER
) STRICT;
`;
