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
  case_sensitive INTEGER NOT NULL CHECK (case_sensitive IN (0, 1)), alphabet TEXT CHECK (alphabet IN ('ipa', 'cmu')), symbols TEXT CHECK ((alphabet IS NULL) = (symbols IS NULL)),
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
  columns TEXT NOT NULL CHECK (json_valid(columns)), revision INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;

CREATE TABLE variants (
  script_id TEXT NOT NULL REFERENCES scripts (id),
  row INTEGER NOT NULL,
  name TEXT NOT NULL,
  cells TEXT NOT NULL CHECK (json_valid(cells)),
  voices TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(voices)),
  PRIMARY KEY (script_id, row)
) STRICT, WITHOUT ROWID;

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
  settled_at INTEGER, request_id TEXT, looks INTEGER NOT NULL DEFAULT 0, balance_before REAL,
  CHECK (state = 'created' OR submitted_at IS NOT NULL),
  CHECK ((state = 'settled') = (settled_at IS NOT NULL))
) STRICT;

CREATE INDEX generations_job ON generations (job_seq);

CREATE UNIQUE INDEX generations_key ON generations (idempotency_key) WHERE idempotency_key IS NOT NULL;

CREATE INDEX generations_unsettled ON generations (state) WHERE state <> 'settled';

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

CREATE TRIGGER ledger_append_only_insert BEFORE INSERT ON ledger WHEN EXISTS (SELECT 1 FROM ledger WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER ledger_append_only_delete BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

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
, slot_ms REAL) STRICT;

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

CREATE TABLE predictions (
  recipe_hash TEXT PRIMARY KEY,
  voice_key TEXT NOT NULL,
  words REAL NOT NULL CHECK (words > 0),
  seconds REAL NOT NULL CHECK (seconds > 0)
) STRICT, WITHOUT ROWID;

CREATE INDEX predictions_voice ON predictions (voice_key);

CREATE TABLE catalogues (
  workspace_seq INTEGER PRIMARY KEY REFERENCES workspaces (seq),
  models TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(models)),
  read_at INTEGER,
  tried_at INTEGER,
  message TEXT
) STRICT;

CREATE TABLE voices (
  workspace_seq INTEGER NOT NULL REFERENCES workspaces (seq),
  voice_id TEXT NOT NULL CHECK (voice_id <> ''),
  position INTEGER NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  gone_at INTEGER,
  PRIMARY KEY (workspace_seq, voice_id)
) STRICT;

CREATE TABLE voice_marks (
  workspace_seq INTEGER NOT NULL REFERENCES workspaces (seq),
  voice_id TEXT NOT NULL CHECK (voice_id <> ''),
  favourite INTEGER NOT NULL DEFAULT 0 CHECK (favourite IN (0, 1)),
  alias TEXT CHECK (alias <> ''),
  used_at INTEGER,
  PRIMARY KEY (workspace_seq, voice_id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX voice_marks_alias ON voice_marks (workspace_seq, alias COLLATE NOCASE) WHERE alias IS NOT NULL;

CREATE TABLE voice_uses_read (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  job_seq INTEGER NOT NULL
) STRICT;

CREATE TABLE palettes (
  project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  workspace_seq INTEGER NOT NULL REFERENCES workspaces (seq),
  voice_id TEXT NOT NULL CHECK (voice_id <> ''),
  PRIMARY KEY (project_id, position),
  UNIQUE (project_id, workspace_seq, voice_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE previews (
  workspace_seq INTEGER NOT NULL REFERENCES workspaces (seq),
  voice_id TEXT NOT NULL,
  preview_id TEXT NOT NULL,
  -- Without its query, which may be signed anew with each list.
  address TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  format TEXT NOT NULL CHECK (format IN ('wav', 'mp3', 'flac', 'ogg')),
  bytes INTEGER NOT NULL CHECK (bytes > 0),
  PRIMARY KEY (workspace_seq, voice_id, preview_id)
) STRICT;

CREATE INDEX previews_file ON previews (sha256);

CREATE TABLE account_readings (
  seq INTEGER PRIMARY KEY,
  workspace_seq INTEGER NOT NULL REFERENCES workspaces (seq),
  at INTEGER NOT NULL,
  used_credits REAL,
  limit_credits REAL,
  remaining_credits REAL,
  reset_at INTEGER,
  plan TEXT,
  subscription TEXT CHECK (subscription IS NULL OR json_valid(subscription))
) STRICT;

CREATE INDEX account_readings_newest ON account_readings (workspace_seq, at);

CREATE TABLE account_attempts (
  workspace_seq INTEGER PRIMARY KEY REFERENCES workspaces (seq),
  tried_at INTEGER NOT NULL,
  failures INTEGER NOT NULL CHECK (failures >= 0),
  error_code TEXT,
  message TEXT,
  history_tried_at INTEGER,
  history_refusal TEXT,
  CHECK ((error_code IS NULL) = (message IS NULL)),
  CHECK ((failures = 0) = (error_code IS NULL))
) STRICT;

CREATE INDEX ledger_money ON ledger (seq) WHERE kind IN ('charge', 'refund', 'adjustment');

CREATE INDEX ledger_money_at ON ledger (at) WHERE kind IN ('charge', 'refund', 'adjustment');

CREATE INDEX takes_created ON takes (created_at);

CREATE INDEX jobs_held ON jobs (workspace_seq, render_seq, held_credits) WHERE held_credits IS NOT NULL;

CREATE TABLE usage_keys (
  id INTEGER PRIMARY KEY,
  dimension TEXT NOT NULL CHECK (dimension IN ('workspace', 'voice', 'style', 'language', 'model', 'project', 'person', 'machine', 'project_person')),
  key TEXT NOT NULL,
  workspace_seq INTEGER NOT NULL REFERENCES workspaces (seq),
  UNIQUE (dimension, key, workspace_seq)
) STRICT;

CREATE TABLE usage_days (
  key_id INTEGER NOT NULL REFERENCES usage_keys (id),
  day INTEGER NOT NULL,
  credits REAL NOT NULL,
  characters INTEGER NOT NULL,
  seconds REAL NOT NULL,
  takes INTEGER NOT NULL,
  PRIMARY KEY (key_id, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE usage_months (
  key_id INTEGER NOT NULL REFERENCES usage_keys (id),
  month INTEGER NOT NULL,
  credits REAL NOT NULL,
  characters INTEGER NOT NULL,
  seconds REAL NOT NULL,
  takes INTEGER NOT NULL,
  PRIMARY KEY (key_id, month)
) STRICT, WITHOUT ROWID;

CREATE TABLE usage_folded (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  ledger_seq INTEGER NOT NULL,
  take_seq INTEGER NOT NULL
) STRICT;

CREATE TABLE usage_vendor (
  workspace_seq INTEGER NOT NULL REFERENCES workspaces (seq),
  day INTEGER NOT NULL,
  breakdown TEXT NOT NULL CHECK (breakdown IN ('voice', 'model', 'product', 'total')),
  voice TEXT NOT NULL,
  style TEXT NOT NULL,
  language TEXT NOT NULL,
  model TEXT NOT NULL,
  product TEXT NOT NULL,
  voice_name TEXT,
  credits REAL,
  characters REAL,
  minutes REAL,
  PRIMARY KEY (workspace_seq, day, breakdown, voice, style, language, model, product)
) STRICT, WITHOUT ROWID;

CREATE TABLE usage_vendor_days (
  workspace_seq INTEGER NOT NULL REFERENCES workspaces (seq),
  day INTEGER NOT NULL,
  fetched_at INTEGER NOT NULL,
  PRIMARY KEY (workspace_seq, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE budgets (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL CHECK (name <> ''),
  project_id TEXT REFERENCES projects (id),
  person TEXT,
  workspace_seq INTEGER REFERENCES workspaces (seq),
  period TEXT NOT NULL CHECK (period IN ('month', 'all')),
  warn_credits REAL CHECK (warn_credits >= 0),
  stop_credits REAL CHECK (stop_credits >= 0),
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX budgets_stop ON budgets (project_id, person, workspace_seq) WHERE stop_credits IS NOT NULL;

CREATE TABLE alerts (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('notice', 'warning', 'error')),
  workspace_seq INTEGER REFERENCES workspaces (seq),
  message TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  ended_at INTEGER,
  dismissed_at INTEGER
) STRICT;

CREATE UNIQUE INDEX alerts_open ON alerts (kind, subject) WHERE ended_at IS NULL;

CREATE TABLE history_speakers (
  seq INTEGER PRIMARY KEY,
  provider TEXT NOT NULL,
  voice TEXT NOT NULL,
  model TEXT NOT NULL DEFAULT '',
  name TEXT,
  UNIQUE (provider, voice, model)
) STRICT;

CREATE TABLE vendor_items (
  seq INTEGER PRIMARY KEY,
  workspace_seq INTEGER NOT NULL REFERENCES workspaces (seq),
  item_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  request_id TEXT,
  voice TEXT NOT NULL,
  voice_name TEXT,
  model TEXT,
  text TEXT NOT NULL,
  credits REAL,
  source TEXT,
  state TEXT NOT NULL,
  format TEXT,
  settings TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(settings)),
  timings TEXT CHECK (timings IS NULL OR json_valid(timings)),
  -- The call of ours that made it; null: made elsewhere.
  generation_seq INTEGER REFERENCES generations (seq),
  -- Two workspaces with keys of one account see the same items.
  UNIQUE (item_id, workspace_seq)
) STRICT;

CREATE INDEX vendor_items_time ON vendor_items (workspace_seq, at);

CREATE INDEX vendor_items_request ON vendor_items (request_id) WHERE request_id IS NOT NULL;

CREATE TABLE history_runs (
  seq INTEGER PRIMARY KEY,
  low_seq INTEGER NOT NULL,
  high_seq INTEGER NOT NULL CHECK (high_seq >= low_seq),
  -- What is above waits to be indexed with others: searches compare those few themselves.
  indexed_seq INTEGER NOT NULL CHECK (indexed_seq <= high_seq),
  low_id INTEGER NOT NULL,
  high_id INTEGER NOT NULL CHECK (high_id >= low_id)
, removed INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE history_entries (
  seq INTEGER PRIMARY KEY,
  id INTEGER NOT NULL UNIQUE,
  workspace_seq INTEGER NOT NULL REFERENCES workspaces (seq),
  speaker_seq INTEGER NOT NULL REFERENCES history_speakers (seq),
  status TEXT NOT NULL,
  -- Ours: the unit, what became of it, and on whose account.
  recipe_id INTEGER REFERENCES recipes (id),
  take_no INTEGER,
  render_seq INTEGER REFERENCES renders (seq),
  generation_seq INTEGER REFERENCES generations (seq),
  -- Also of an item whose audio was fetched. Free takes may be dropped and made again.
  take_seq INTEGER REFERENCES takes (seq) ON DELETE SET NULL,
  item_seq INTEGER REFERENCES vendor_items (seq),
  note TEXT NOT NULL DEFAULT '', project_id TEXT REFERENCES projects (id),
  CHECK (recipe_id IS NOT NULL OR item_seq IS NOT NULL),
  CHECK ((recipe_id IS NULL) = (take_no IS NULL)),
  CHECK ((recipe_id IS NULL) = (render_seq IS NULL)),
  CHECK (recipe_id IS NOT NULL OR generation_seq IS NULL)
) STRICT;

CREATE INDEX history_entries_speaker ON history_entries (speaker_seq, id);

CREATE UNIQUE INDEX history_entries_take ON history_entries (take_seq) WHERE take_seq IS NOT NULL;

CREATE UNIQUE INDEX history_entries_generation ON history_entries (generation_seq) WHERE generation_seq IS NOT NULL;

CREATE UNIQUE INDEX history_entries_item ON history_entries (item_seq) WHERE item_seq IS NOT NULL;

CREATE INDEX render_items_recipe ON render_items (recipe_id);

CREATE VIRTUAL TABLE history_text USING fts5(text, voice, project, person, note,
  content='', contentless_delete=1, detail=none, prefix='2 3 4', tokenize='unicode61 remove_diacritics 2');

CREATE TABLE 'history_text_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'history_text_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE 'history_text_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER);

CREATE TABLE 'history_text_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE VIRTUAL TABLE history_terms USING fts5vocab('history_text', 'instance');

CREATE TABLE history_syncs (
  workspace_seq INTEGER PRIMARY KEY REFERENCES workspaces (seq),
  newest_at INTEGER,
  oldest_at INTEGER,
  read_at INTEGER NOT NULL
) STRICT;

CREATE TABLE history_gaps (
  seq INTEGER PRIMARY KEY,
  workspace_seq INTEGER NOT NULL REFERENCES workspaces (seq),
  cursor TEXT,
  -- Everything older is known; null: to the beginning.
  until_at INTEGER,
  -- Its cursor led nowhere, and it is read once more from its top.
  again INTEGER NOT NULL DEFAULT 0 CHECK (again IN (0, 1))
) STRICT;

CREATE INDEX history_gaps_workspace ON history_gaps (workspace_seq);

CREATE TABLE script_revisions (
  script_id TEXT NOT NULL REFERENCES scripts (id),
  revision INTEGER NOT NULL CHECK (revision >= 1),
  source TEXT NOT NULL,
  person TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (script_id, revision)
) STRICT;

CREATE INDEX variants_name ON variants (script_id, name);

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
